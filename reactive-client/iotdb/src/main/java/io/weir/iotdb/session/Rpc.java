package io.weir.iotdb.session;

import io.netty.buffer.ByteBuf;
import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import io.weir.core.wire.FifoWire;
import io.weir.iotdb.protocol.Request;
import io.weir.iotdb.protocol.Status;
import io.weir.iotdb.protocol.ThriftFormat;
import java.time.Duration;
import reactor.core.publisher.Mono;

/** The server's calls over one wire. */
final class Rpc {

    private final FifoWire wire;
    private final ThriftFormat format;
    private int sequence;
    private int maxRequest = Integer.MAX_VALUE;
    private String limitedBy = "";

    Rpc(FifoWire wire, ThriftFormat format) {
        this.wire = wire;
        this.format = format;
    }

    FifoWire wire() {
        return wire;
    }

    ThriftFormat format() {
        return format;
    }

    /** From here on longer requests are refused: the server would hang up on them, and on all others of this wire. */
    void limitRequests(int option, int server) {
        boolean byServer = server > 0 && server < option;
        maxRequest = byServer ? server : option;
        limitedBy = byServer
                ? "this server takes (dn_thrift_max_frame_size of its configuration)"
                : "the option maxRequestSize allows";
    }

    /** The longest request that may be sent, in bytes. */
    int maxRequest() {
        return maxRequest;
    }

    /** Refuses a request that is too long; on the wire's loop, before it is sent. */
    void checkLength(Request<?> request, int bytes) {
        if (bytes > maxRequest) {
            throw WeirException.of(
                            ErrorKind.BAD_REQUEST,
                            "The call " + request.method() + " would be " + bytes + " bytes long, and " + maxRequest
                                    + " are what " + limitedBy + ": send fewer rows or shorter texts at a time")
                    .build();
        }
    }

    /** Numbers the calls in the order in which they are written; on the wire's loop. */
    int nextSequence() {
        return ++sequence;
    }

    /**
     * Calls once subscribed. The value must not refer to the frame it came in.
     *
     * @param limit until the answer is there; zero means none
     */
    <T> Mono<T> call(Request<T> request, Duration limit) {
        return call(request, limit, () -> {});
    }

    /**
     * Calls once subscribed.
     *
     * @param written told, once or more, as soon as the request is not read any longer: it was written, or never will be
     */
    <T> Mono<T> call(Request<T> request, Duration limit, Runnable written) {
        return Mono.create(sink -> {
            Call<T> call = new Call<>(this, request.method(), limit) {
                @Override
                protected Request<T> request() {
                    return request;
                }

                @Override
                protected void encode(ByteBuf out) {
                    super.encode(out);
                    written.run();
                }

                @Override
                protected void ended() {
                    written.run();
                }

                @Override
                protected void answered(T value) {
                    sink.success(value);
                }

                @Override
                protected void fail(WeirException error) {
                    // Whoever hears of the error may change at once what was to be written.
                    written.run();
                    sink.error(error);
                }
            };
            sink.onCancel(call::cancel);
            wire.submit(call);
        });
    }

    /** The same for calls that answer with a status only: a refusal is an error. */
    Mono<Void> command(Request<Status> request, Duration limit) {
        return call(request, limit)
                .flatMap(status -> status.isSuccess() ? Mono.<Void>empty() : Mono.error(located(status.toError())));
    }

    /** The time of the call that this request belongs to was over before it could be sent. */
    WeirException tooLate(Request<?> request) {
        return located(WeirException.of(
                        ErrorKind.TIMEOUT,
                        "'" + request.method()
                                + "' was not sent: the time for the call had passed before its turn came")
                .sent(WeirException.Sent.NO)
                .build());
    }

    /** Sends a call whose answer nobody waits for. */
    void tell(Request<Status> request) {
        wire.submit(new Call<Status>(this, request.method(), Duration.ZERO) {
            @Override
            protected Request<Status> request() {
                return request;
            }

            @Override
            protected void answered(Status value) {
                // Whatever it is, there is nothing left to do.
            }

            @Override
            protected void fail(WeirException error) {
                // The wire's end frees on the server what this call was to free.
            }
        });
    }

    /** The error with the place where it happened. */
    WeirException located(WeirException error) {
        return error.toBuilder()
                .system("iotdb")
                .endpoint(wire.endpoint().toString())
                .connection(wire.id())
                .build();
    }
}
