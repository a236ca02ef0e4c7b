package io.weir.tdengine;

import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import io.weir.tdengine.session.ConsumerLink;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The consumers of one client. The client's end is theirs. */
final class Consumers {

    private final Function<TdengineSubscription, ConsumerLink> links;
    private final Set<ConsumerLink> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** @param links makes a consumer, which is not connected yet */
    Consumers(Function<TdengineSubscription, ConsumerLink> links) {
        this.links = links;
    }

    Mono<TdengineConsumer> open(TdengineSubscription subscription) {
        return Mono.defer(() -> {
            if (closed) {
                return Mono.error(WeirException.of(ErrorKind.CLOSED, "This client is closed: make another one")
                        .system("tdengine")
                        .sent(WeirException.Sent.NO)
                        .build());
            }
            ConsumerLink link = links.apply(subscription);
            open.add(link);
            return link.live()
                    .doOnError(error -> open.remove(link))
                    .doOnCancel(() -> release(link).subscribe())
                    .map(wire -> new TdengineConsumer(link, release(link)));
        });
    }

    private Mono<Void> release(ConsumerLink link) {
        return link.close().doFinally(end -> open.remove(link));
    }

    <T> Flux<T> consume(
            TdengineSubscription subscription,
            Function<? super TdengineMessage, ? extends Publisher<? extends T>> work) {
        return Flux.<T, TdengineConsumer>usingWhen(
                        open(subscription),
                        // Not one message is polled ahead of the work: what is not processed waits at the server.
                        consumer -> consumer.messages().concatMap(message -> worked(message, work), 0),
                        TdengineConsumer::close)
                .doOnDiscard(TdengineMessage.class, TdengineMessage::close);
    }

    private static <T> Flux<T> worked(
            TdengineMessage message, Function<? super TdengineMessage, ? extends Publisher<? extends T>> work) {
        return Flux.<T, TdengineMessage>using(
                () -> message,
                taken -> Flux.<T>from(work.apply(taken)).doOnComplete(taken::processed),
                TdengineMessage::close);
    }

    Mono<Void> close() {
        return Mono.defer(() -> {
            closed = true;
            return Flux.fromIterable(open).flatMap(this::release).then();
        });
    }
}
