package io.weir.core.wire;

import io.weir.core.Endpoint;
import io.weir.core.WeirException;
import reactor.core.publisher.Mono;

/** One live socket. */
public interface Wire {

    /** Names this wire in every log line and error, such as {@code iotdb-7}; unique within the process. */
    String id();

    /** The other side. */
    Endpoint endpoint();

    /** Whether it still takes requests. It may turn false at any moment. */
    boolean isOpen();

    /** Completes when the wire has been closed by this side, fails with the reason when it was lost. */
    Mono<Void> onClose();

    /** Closes it once subscribed; requests without an answer fail. Completes when the socket is closed, never fails. */
    Mono<Void> close();

    /** Closes it because it can not be used any longer; {@link #onClose()} and whoever waits on it learn the reason. */
    void close(WeirException reason);
}
