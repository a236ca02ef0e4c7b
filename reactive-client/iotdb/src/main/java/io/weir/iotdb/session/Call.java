package io.weir.iotdb.session;

import io.netty.buffer.ByteBuf;
import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import io.weir.core.wire.Exchange;
import io.weir.iotdb.protocol.Calls;
import io.weir.iotdb.protocol.Request;
import io.weir.iotdb.protocol.Status;
import io.weir.iotdb.protocol.StatusCodes;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One call: one frame out, one frame back. All methods run on the wire's loop. */
abstract class Call<T> extends Exchange {

    private final Rpc rpc;
    private @Nullable Request<T> request;
    private int sequence;

    Call(Rpc rpc, String operation, Duration limit) {
        super(operation, limit);
        this.rpc = rpc;
    }

    /** What to ask, made when it is about to be written. */
    protected abstract Request<T> request();

    /** The answer; refers to the frame only as long as this method runs. */
    protected abstract void answered(T value);

    /** The answer to a call that nobody waits for any longer. */
    protected void answeredInVain(T value) {}

    /** Lets the metrics know of an answer that is a refusal. */
    final void refusedIf(Status status) {
        if (!status.isSuccess()) {
            refused(StatusCodes.kindOf(status.code()));
        }
    }

    @Override
    protected void encode(ByteBuf out) {
        Request<T> made = request();
        request = made;
        sequence = rpc.nextSequence();
        int start = out.writerIndex();
        Calls.write(out, rpc.format(), sequence, made);
        rpc.checkLength(made, out.writerIndex() - start - Integer.BYTES);
    }

    @Override
    protected boolean frame(ByteBuf frame) {
        Request<T> asked = request;
        if (asked == null) {
            throw new IllegalStateException("An answer to '" + operation() + "', which was not asked");
        }
        T value;
        try {
            value = Calls.read(frame, rpc.format(), sequence, asked);
        } catch (WeirException e) {
            if (e.kind() == ErrorKind.PROTOCOL) {
                throw e;
            }
            // The server could not answer this call; it will answer the next.
            refused(e.kind());
            if (!draining()) {
                fail(rpc.located(e));
            }
            return true;
        }
        if (draining()) {
            answeredInVain(value);
        } else {
            answered(value);
        }
        return true;
    }

    @Override
    protected boolean confidential() {
        return request != null && request.isConfidential();
    }
}
