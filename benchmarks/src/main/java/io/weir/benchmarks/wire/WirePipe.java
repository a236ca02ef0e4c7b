package io.weir.benchmarks.wire;

import io.netty.buffer.ByteBuf;
import io.weir.core.WeirException;
import io.weir.core.wire.Exchange;
import io.weir.core.wire.FifoWire;
import java.time.Duration;

/** Ours. */
final class WirePipe implements Pipe {

    private static final byte[] QUESTION = new byte[64];

    private final FifoWire wire;

    WirePipe(FifoWire wire) {
        this.wire = wire;
    }

    @Override
    public void ask(Runnable answered) {
        wire.submit(new Question(answered));
    }

    @Override
    public void close() {
        wire.close().block();
    }

    private static final class Question extends Exchange {
        private final Runnable answered;

        Question(Runnable answered) {
            super("question", Duration.ofSeconds(30));
            this.answered = answered;
        }

        @Override
        protected void encode(ByteBuf out) {
            out.writeInt(QUESTION.length).writeBytes(QUESTION);
        }

        @Override
        protected boolean frame(ByteBuf frame) {
            answered.run();
            return true;
        }

        @Override
        protected void fail(WeirException error) {
            throw error;
        }
    }
}
