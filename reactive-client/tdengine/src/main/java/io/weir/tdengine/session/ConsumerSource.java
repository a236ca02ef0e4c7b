package io.weir.tdengine.session;

import io.weir.core.wire.Timers;
import reactor.core.publisher.Mono;

/** Where consumers come from. */
public interface ConsumerSource {

    /** Subscribes on a connection of its own, at the first host that lets us. Cold. */
    Mono<ConsumerWire> subscribe(ConsumerSettings settings);

    /** On the event loops of the consumers. */
    Timers timers();
}
