package io.weir.tdengine;

import io.weir.tdengine.session.ConsumerLink;
import io.weir.tdengine.type.TopicPlace;
import io.weir.tdengine.type.TopicRange;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A consumer of topics, on a connection of its own, which is replaced when it is lost. Its group shares the logs of the
 * topics among its consumers. Thread-safe, but for {@link #messages}, which has one reader at a time.
 *
 * <p>The server does one thing after another: what is asked here may have to wait for a poll, at most the poll time.
 */
public final class TdengineConsumer {

    private final ConsumerLink link;
    private final Mono<Void> close;

    TdengineConsumer(ConsumerLink link, Mono<Void> close) {
        this.link = link;
        this.close = close;
    }

    /**
     * The messages as they come, without an end until {@link #close}. Each belongs to the subscriber, who closes it.
     *
     * <p>Demand is what polls, one message at a time: without it the server is asked for nothing. (A consumer that does
     * not poll for five minutes, {@code max.poll.interval.ms}, is given up by the server.) A lost connection is
     * replaced, and reading goes on behind the last message. Who cancels lets the subscription stand; what was on its way
     * to him is given to the next subscriber.
     */
    public Flux<TdengineMessage> messages() {
        return link.deliveries()
                .map(delivery -> new TdengineMessage(link, delivery))
                .doOnDiscard(TdengineMessage.class, TdengineMessage::close);
    }

    /** Lets the group go on behind this message when it begins anew, whatever was {@link TdengineMessage#processed}. */
    public Mono<Void> commit(TdengineMessage message) {
        return commit(message.place(), message.nextOffset());
    }

    /** Lets the group go on from there when it begins anew. */
    public Mono<Void> commit(TopicPlace place, long offset) {
        return link.commit(place, offset);
    }

    /** Commits now what was processed. */
    public Mono<Void> commitProcessed() {
        return link.commitProcessed();
    }

    /** Goes on from there. What was on its way to the reader may still come before. */
    public Mono<Void> seek(TopicPlace place, long offset) {
        return link.seek(place, offset);
    }

    /** The logs of a topic that are this consumer's; the server may need a first poll before it knows. */
    public Mono<List<TopicRange>> assignment(String topic) {
        return link.ask(wire -> wire.assignment(topic));
    }

    /** Where this consumer goes on. */
    public Mono<Map<TopicPlace, Long>> position(TopicPlace... places) {
        List<TopicPlace> asked = List.of(places);
        return link.ask(wire -> wire.position(asked)).map(offsets -> byPlace(asked, offsets));
    }

    /** Where the group would begin anew; logs of which nothing is committed are left out. */
    public Mono<Map<TopicPlace, Long>> committed(TopicPlace... places) {
        List<TopicPlace> asked = List.of(places);
        return link.ask(wire -> wire.committed(asked)).map(offsets -> byPlace(asked, offsets));
    }

    private static Map<TopicPlace, Long> byPlace(List<TopicPlace> places, List<Long> offsets) {
        Map<TopicPlace, Long> found = new LinkedHashMap<>();
        for (int i = 0; i < places.size(); i++) {
            if (offsets.get(i) >= 0) {
                found.put(places.get(i), offsets.get(i));
            }
        }
        return found;
    }

    /** The topics that the server has this consumer subscribed to. */
    public Mono<List<String>> topics() {
        return link.ask(wire -> wire.topics());
    }

    /** Commits what was processed, leaves the group and closes the connection; messages end. Never fails. */
    public Mono<Void> close() {
        return close;
    }

    @Override
    public String toString() {
        return link.toString();
    }
}
