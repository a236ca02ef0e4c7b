package io.weir.iotdb;

import io.weir.core.Backoff;
import io.weir.core.Endpoint;
import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import io.weir.core.wire.Lanes;
import io.weir.iotdb.protocol.Status.NodeAddress;
import io.weir.iotdb.session.WireSession;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The nodes that servers have named as the better ones for devices. Nobody waits for one: the first writes go the usual way
 * while a connection to it is opened, and if none comes about, all of them do.
 */
final class Nodes {

    private static final Logger LOG = LoggerFactory.getLogger("io.weir.wire");

    /** Places for devices; a device that comes to the place of another one takes it. */
    private static final int DEVICES = 1 << 14;

    /** More than a cluster has; what comes beyond is not followed. */
    private static final int MOST_NODES = 256;

    private record Told(String device, Node node) {}

    private final Function<Endpoint, @Nullable Endpoint> hosts;
    private final Function<Endpoint, Backoff> backoffs;
    private final Function<Endpoint, Lanes<WireSession>> lanes;
    private final AtomicReferenceArray<@Nullable Told> devices = new AtomicReferenceArray<>(DEVICES);
    private final Map<Endpoint, Node> nodes = new ConcurrentHashMap<>();
    private final AtomicBoolean complained = new AtomicBoolean();
    private volatile boolean closed;

    /**
     * @param hosts where a node is that was named; null: leave it alone
     * @param lanes opens none before they are used
     */
    Nodes(
            Function<Endpoint, @Nullable Endpoint> hosts,
            Function<Endpoint, Backoff> backoffs,
            Function<Endpoint, Lanes<WireSession>> lanes) {
        this.hosts = hosts;
        this.backoffs = backoffs;
        this.lanes = lanes;
    }

    /** A node and the connections to it. */
    final class Node {
        private final Lanes<WireSession> wires;
        private final Backoff backoff;
        private final AtomicBoolean opening = new AtomicBoolean();
        private volatile boolean reached;

        private Node(Endpoint endpoint) {
            this.wires = lanes.apply(endpoint);
            this.backoff = backoffs.apply(endpoint);
        }

        Lanes<WireSession> wires() {
            return wires;
        }

        /** It is asked again once it is named again and its back-off is over. */
        void forget() {
            reached = false;
        }

        private boolean isReached() {
            return reached && wires.wires() > 0;
        }

        private void notReached(Throwable error) {
            // That we have no room for a connection says nothing against the node.
            if (!(error instanceof WeirException known) || known.kind() != ErrorKind.OVERLOAD) {
                backoff.failed(error);
            }
        }

        private void reach() {
            if (!isReached() && backoff.remaining().isZero() && opening.compareAndSet(false, true)) {
                reached = false;
                wires.use(Duration.ZERO, (session, deadline) -> Mono.just(true))
                        .subscribe(
                                yes -> {
                                    reached = true;
                                    backoff.succeeded();
                                },
                                error -> {
                                    notReached(error);
                                    opening.set(false);
                                },
                                () -> opening.set(false));
            }
        }
    }

    /** A server has named a node for a device. On the event loop of its connection. */
    void learn(String device, NodeAddress named) {
        Endpoint endpoint = place(named);
        Node node = endpoint == null ? null : node(endpoint);
        if (node != null) {
            devices.set(slot(device), new Told(device, node));
            node.reach();
        }
    }

    /** The node for a device, if there is one that can be reached. */
    @Nullable Node of(String device) {
        Told told = devices.get(slot(device));
        return told != null && told.device().equals(device) && told.node().isReached() ? told.node() : null;
    }

    /** Whether none was ever named. */
    boolean isEmpty() {
        return nodes.isEmpty();
    }

    int wires() {
        return nodes.values().stream().mapToInt(node -> node.wires().wires()).sum();
    }

    Mono<Void> close() {
        return Mono.defer(() -> {
            closed = true;
            return Flux.fromIterable(nodes.values())
                    .flatMap(node -> node.wires().close())
                    .then();
        });
    }

    private @Nullable Node node(Endpoint endpoint) {
        Node known = nodes.get(endpoint);
        return known != null || closed || nodes.size() >= MOST_NODES
                ? known
                : nodes.computeIfAbsent(endpoint, Node::new);
    }

    private @Nullable Endpoint place(NodeAddress named) {
        String host = named.host();
        if (host.isBlank()
                || host.equals("0.0.0.0")
                || host.equals("::")
                || named.port() < 1
                || named.port() > 65_535) {
            // What a server listens on is not where it is.
            return null;
        }
        try {
            return hosts.apply(new Endpoint(host, named.port()));
        } catch (RuntimeException e) {
            // The write that brought the name has gone well.
            if (complained.compareAndSet(false, true)) {
                LOG.warn("redirectedHosts has failed for {}:{}, which is left alone; said once", host, named.port(), e);
            }
            return null;
        }
    }

    private static int slot(String device) {
        int hash = device.hashCode();
        return (hash ^ hash >>> 16) & DEVICES - 1;
    }
}
