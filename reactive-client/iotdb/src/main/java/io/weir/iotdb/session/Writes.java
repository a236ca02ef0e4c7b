package io.weir.iotdb.session;

import io.weir.core.WeirException;
import io.weir.core.wire.Deadline;
import io.weir.iotdb.protocol.InsertTablet;
import io.weir.iotdb.protocol.InsertTablets;
import io.weir.iotdb.protocol.Request;
import io.weir.iotdb.protocol.Status;
import io.weir.iotdb.type.TabletContent;
import java.util.List;
import java.util.function.BiConsumer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The tablets that a session writes. Their columns are held until they lie in the request, and no longer. */
public final class Writes {

    private final Rpc rpc;
    private final long sessionId;
    private final BiConsumer<String, Status.NodeAddress> redirects;

    /** @param redirects hears of each device for which the server names another node */
    Writes(Rpc rpc, long sessionId, BiConsumer<String, Status.NodeAddress> redirects) {
        this.rpc = rpc;
        this.sessionId = sessionId;
        this.redirects = redirects;
    }

    /** The longest request that may be sent, in bytes. */
    public int maxRequest() {
        return rpc.maxRequest();
    }

    /**
     * Writes the rows of a tablet from that one on, in several requests one after the other where they are too long for
     * one; an answer for each. Ends early when the server rejects one for being too busy, and when one has no answer.
     */
    public Flux<WriteAnswer> insert(TabletContent content, int from, Deadline deadline) {
        return Flux.defer(() -> {
            List<InsertTablet> parts = InsertTablet.of(sessionId, content, from, rpc.maxRequest());
            return parts.size() == 1
                    ? write(parts.get(0), content, deadline)
                    : Flux.fromIterable(parts)
                            .concatMap(part -> write(part, content, deadline), 1)
                            .takeUntil(WriteAnswer::isLast);
        });
    }

    private Mono<WriteAnswer> write(InsertTablet part, TabletContent content, Deadline deadline) {
        return write(part, List.of(content), deadline)
                .map(status -> WriteAnswer.of(part.firstRow(), part.rows(), status))
                .onErrorResume(
                        WeirException.class,
                        failure -> Mono.just(WriteAnswer.none(part.firstRow(), part.rows(), failure)));
    }

    /** Writes tablets of devices, all aligned or none, with one request. */
    public Mono<Status> insert(List<TabletContent> contents, Deadline deadline) {
        return Mono.defer(() -> write(new InsertTablets(sessionId, contents), contents, deadline));
    }

    private Mono<Status> write(Request<Status> request, List<TabletContent> contents, Deadline deadline) {
        return Mono.defer(() -> {
            if (deadline.isOver()) {
                return Mono.error(rpc.tooLate(request));
            }
            List<TabletContent> held =
                    contents.stream().map(TabletContent::retain).toList();
            return rpc.call(request, deadline.left(), () -> held.forEach(TabletContent::close));
        });
    }

    /** Lets those know who follow redirections, if the server has named another node for this device. */
    public void told(String device, Status status) {
        Status.NodeAddress node = status.redirect();
        if (node != null) {
            redirects.accept(device, node);
        }
    }
}
