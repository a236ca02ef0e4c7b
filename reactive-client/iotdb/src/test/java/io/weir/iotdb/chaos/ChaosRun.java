package io.weir.iotdb.chaos;

import io.weir.iotdb.IotdbClient;
import io.weir.iotdb.chaos.Write.Fate;
import io.weir.server.iotdb.IotdbServer;
import io.weir.server.iotdb.IotdbServerOptions;
import io.weir.testkit.FaultProxy;
import io.weir.testkit.Link;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Many callers on one client, a proxy that breaks connections, and a server that is killed and started again on the same
 * data.
 *
 * <p>"Acknowledged" has to mean that rows outlive a killed server, so the server runs with {@code wal_mode=SYNC}: it
 * answers a write when its log is on disk. As it is shipped (ASYNC) it may lose the last second of what it acknowledged.
 */
final class ChaosRun implements AutoCloseable {

    /** Few enough that callers wait for each other. */
    static final int MOST_CONNECTIONS = 16;

    private static final Duration END = Duration.ofMinutes(2);

    private final IotdbServer server;
    private final FaultProxy proxy;
    private final IotdbClient client;
    private final Random random;
    private final Explanations explanations = new Explanations();
    private final Progress progress = new Progress();
    private final List<Ledger> ledgers;
    private final Trouble trouble;
    private int restarts;
    private int mostConnections;

    ChaosRun(int callers, long seed) {
        random = new Random(seed);
        server = IotdbServer.start(IotdbServerOptions.defaults()
                .withHeapMegabytes(512)
                .withProperty("wal_mode", "SYNC")
                .withProperty("sync_mlog_period_in_ms", "0"));
        proxy = FaultProxy.before(server.host(), server.port());
        client = IotdbClient.create(
                "iotdb://root:root@" + proxy.host() + ":" + proxy.port() + "?maxWires=" + MOST_CONNECTIONS);
        trouble = new Trouble(proxy, random);
        ledgers = IntStream.range(0, callers).mapToObj(Ledger::new).toList();
    }

    /**
     * Runs until the server was killed so often.
     *
     * @param calls how many calls go well before each of the troubles, and before each end of the server
     */
    void run(int kills, int troubles, long calls) throws Exception {
        createSeries();
        AtomicBoolean goesOn = new AtomicBoolean(true);
        CompletableFuture<Void> callers = Flux.fromIterable(ledgers)
                .map(ledger -> new Caller(client, ledger, explanations, progress, random.nextLong()))
                .flatMap(caller -> caller.run(goesOn::get), ledgers.size())
                .then()
                .toFuture();
        try {
            for (restarts = 0; restarts < kills; restarts++) {
                for (int i = 0; i < troubles; i++) {
                    progress.awaitMore(calls);
                    trouble.make();
                    mostConnections = Math.max(mostConnections, alive().size());
                }
                progress.awaitMore(calls);
                server.kill();
                server.restart();
                trouble.end();
            }
            // The last life of the server must be one in which everything works again.
            progress.awaitMore(calls);
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "\n" + summary() + alive(), e);
        } finally {
            goesOn.set(false);
            callers.get(END.toSeconds(), TimeUnit.SECONDS);
        }
    }

    private void createSeries() {
        client.execute("CREATE DATABASE root.chaos").block();
        Flux.fromIterable(ledgers)
                .concatMap(ledger -> client.execute("CREATE TIMESERIES " + ledger.device() + ".v INT64")
                        .then(client.execute("CREATE TIMESERIES " + ledger.device() + ".t TEXT")))
                .blockLast();
        client.execute("FLUSH").block();
    }

    private List<Link> alive() {
        return proxy.links().stream().filter(link -> !link.isEnded()).toList();
    }

    /** Everything that is not as it must be; empty if all is well. Asks the server itself, past the proxy. */
    List<String> objections() {
        List<String> objections = new ArrayList<>(explanations.unexplained());
        IotdbClient direct = IotdbClient.create("iotdb://root:root@" + server.host() + ":" + server.port());
        try {
            for (Ledger ledger : ledgers) {
                Map<Long, String> found = Objects.requireNonNull(Caller.all(direct, ledger)
                        .collectMap(Caller.Row::time, Caller.Row::shown)
                        .block(END));
                objections.addAll(ledger.objections(found, 0, ledger.end()));
                if (!ledger.countsAreTrue()) {
                    objections.add(ledger.device() + ": results counted rows that nobody acknowledged");
                }
            }
        } finally {
            direct.close().block(END);
        }
        return objections;
    }

    /** Closes the client and waits until the last of its connections is gone. */
    void closeClient() throws InterruptedException {
        client.close().block(END);
        for (Link link : proxy.links()) {
            link.awaitEnd();
        }
    }

    int mostConnections() {
        return mostConnections;
    }

    long rows(Fate fate) {
        return ledgers.stream().mapToLong(ledger -> ledger.rows(fate)).sum();
    }

    /** What happened, for people. */
    String summary() {
        StringBuilder text = new StringBuilder()
                .append(ledgers.size())
                .append(" callers, server killed ")
                .append(restarts)
                .append(" times, ")
                .append(trouble.made())
                .append(" troubles on the way, ")
                .append(proxy.links().size())
                .append(" connections made, at most ")
                .append(mostConnections)
                .append(" at a time\n")
                .append(progress.done())
                .append(" calls went well, ")
                .append(explanations.failures())
                .append(" failed, each with its reason:\n");
        explanations
                .counts()
                .forEach((kind, count) -> text.append("  ")
                        .append(count.sum())
                        .append(" x ")
                        .append(kind)
                        .append('\n'));
        return text.append(rows(Fate.ACKNOWLEDGED))
                .append(" rows acknowledged, ")
                .append(rows(Fate.MAYBE))
                .append(" that may be written, ")
                .append(rows(Fate.NOT_WRITTEN))
                .append(" that are not\n")
                .toString();
    }

    @Override
    public void close() {
        client.close().onErrorResume(e -> Mono.empty()).block(END);
        proxy.close();
        server.close();
    }
}
