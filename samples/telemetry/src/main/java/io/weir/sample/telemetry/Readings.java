package io.weir.sample.telemetry;

import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Readings that are kept somewhere. */
interface Readings {

    /** Writes all of them at once, and says how many they were. */
    Mono<Long> insert(List<Reading> readings);

    /** The readings after one moment, up to and including another one, in the order of time. */
    Flux<Reading> between(long after, long until);

    /** All readings up to a moment, machine by machine: as many as are asked for, and not faster. */
    Flux<Reading> upTo(long until);
}
