package io.weir.benchmarks.wire;

import io.netty.buffer.ByteBuf;
import io.weir.core.wire.FifoWire;
import io.weir.core.wire.FluxExchange;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.SignalType;

/** A long answer: first nobody asks for it, then somebody asks for all of it. */
final class Stream {

    private static final long BYTES = 200_000_000;

    /** What left the server although nobody had asked, and how fast the rest came. */
    record Result(long bytesWithoutDemand, double bytesPerSecond) {}

    private final FifoWire wire;
    private final LoopbackServer server;

    Stream(FifoWire wire, LoopbackServer server) {
        this.wire = wire;
        this.server = server;
    }

    Result run() throws InterruptedException {
        server.streamed.set(0);
        CountDownLatch done = new CountDownLatch(1);
        BaseSubscriber<Integer> reader = new BaseSubscriber<>() {
            @Override
            protected void hookOnSubscribe(Subscription subscription) {}

            @Override
            protected void hookFinally(SignalType type) {
                done.countDown();
            }
        };
        wire.exchange(Rows::new).subscribe(reader);
        TimeUnit.MILLISECONDS.sleep(400);
        long held = server.streamed.get();
        long start = System.nanoTime();
        reader.request(Long.MAX_VALUE);
        if (!done.await(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("The stream did not end.");
        }
        return new Result(held, BYTES / ((System.nanoTime() - start) / 1e9));
    }

    private static final class Rows extends FluxExchange<Integer> {

        Rows() {
            super("stream", Duration.ZERO);
        }

        @Override
        protected void encode(ByteBuf out) {
            out.writeInt(Long.BYTES).writeLong(BYTES);
        }

        @Override
        protected boolean frame(ByteBuf frame) {
            emit(frame.readableBytes());
            boolean last = frame.getByte(frame.readerIndex()) == 1;
            if (last) {
                complete();
            }
            return last;
        }
    }
}
