package io.weir.tdengine.session;

import io.weir.core.Endpoint;
import io.weir.tdengine.type.TopicPlace;
import io.weir.tdengine.type.TopicRange;
import java.util.List;
import reactor.core.publisher.Mono;

/** One subscription on one connection, whatever way that goes. The server does one thing after another for it. */
public interface ConsumerWire {

    /** The next message with all that is in it; empty if none came in time. Not two at a time. */
    Mono<Delivery> poll();

    /** The message is the subscriber's now, and will not be given again. On the wire's loop. */
    void handedOut(Delivery delivery);

    /** The message is not wanted, and will not be given again. On the wire's loop. */
    void passOver(Delivery delivery);

    /** Lets the group go on from there when it begins anew. */
    Mono<Void> commit(TopicPlace place, long offset);

    /** Goes on from there. */
    Mono<Void> seek(TopicPlace place, long offset);

    /** The logs of a topic that are this consumer's. */
    Mono<List<TopicRange>> assignment(String topic);

    /** Where this consumer goes on, for each of these logs. */
    Mono<List<Long>> position(List<TopicPlace> places);

    /** Where the group would begin anew, for each of these logs; negative: nowhere. */
    Mono<List<Long>> committed(List<TopicPlace> places);

    /** The topics of the subscription. */
    Mono<List<String>> topics();

    /** Leaves the group, as far as the server still listens, and closes the connection. Never fails. */
    Mono<Void> unsubscribe();

    boolean isOpen();

    Endpoint endpoint();

    /** The connection's name in logs and errors. */
    String id();
}
