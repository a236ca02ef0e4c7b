package io.weir.benchmarks.wire;

import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.weir.core.wire.Connector;
import io.weir.core.wire.FifoWire;
import io.weir.core.wire.FrameFormat;
import io.weir.core.wire.WireSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import reactor.core.publisher.Mono;
import reactor.netty.resources.LoopResources;

/**
 * Measures exchanges over NIO on loopback, one client loop and one server loop in one JVM. Arguments: rounds, seconds per
 * figure. Rounds are interleaved, the first one only warms up; shown are the median and, in brackets, the worst and the
 * best.
 */
public final class Main {

    private static final int CALLERS = 64;

    private final int rounds;
    private final long millis;
    private final LoopbackServer server = new LoopbackServer(0);
    /** Whose own kernel holds next to nothing, so that what has left it is with the client. */
    private final LoopbackServer tight = new LoopbackServer(16 * 1024);

    private final LoopResources loops = LoopResources.create("client", 1, true);
    private final MultiThreadIoEventLoopGroup plainLoop =
            new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("plain", true), NioIoHandler.newFactory());
    private final WireSettings settings =
            WireSettings.of("bench", FrameFormat.INT32_LENGTH).withLoops(loops);
    private final ExecutorService threads = Executors.newFixedThreadPool(2, new DefaultThreadFactory("caller", true));

    private Main(int rounds, long millis) {
        this.rounds = rounds;
        this.millis = millis;
    }

    public static void main(String[] args) throws Exception {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 3;
        double seconds = args.length > 1 ? Double.parseDouble(args[1]) : 1.5;
        if (LoopResources.hasNativeSupport()) {
            throw new IllegalStateException("A native transport is on the class path; this measures NIO.");
        }
        Main main = new Main(rounds, (long) (seconds * 1000));
        main.exchanges();
        main.streams();
        main.server.close();
        main.tight.close();
    }

    private void exchanges() throws Exception {
        Map<String, Callable<Callers.Result>> rows = new LinkedHashMap<>();
        Executor loop = Runnable::run;
        rows.put("on the loop: 1 wire, flush per burst", () -> run(CALLERS, 1, this::wire, loop));
        rows.put("on the loop: 1 socket, flush per request", () -> run(CALLERS, 1, this::plain, loop));
        rows.put("on the loop: 4 wires, flush per burst", () -> run(CALLERS, 4, this::wire, loop));
        rows.put("on the loop: 64 wires, 1 in flight", () -> run(CALLERS, 64, this::wire, loop));
        rows.put("on the loop: 1 wire, one at a time", () -> run(1, 1, this::wire, loop));
        rows.put("2 own threads: 1 wire, flush per burst", () -> run(CALLERS, 1, this::wire, threads));
        rows.put("2 own threads: 1 socket, flush per request", () -> run(CALLERS, 1, this::plain, threads));
        rows.put("2 own threads: 4 wires, flush per burst", () -> run(CALLERS, 4, this::wire, threads));
        rows.put("2 own threads: 64 wires, 1 in flight", () -> run(CALLERS, 64, this::wire, threads));
        Map<String, List<Callers.Result>> results = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            for (var row : rows.entrySet()) {
                results.computeIfAbsent(row.getKey(), k -> new ArrayList<>())
                        .add(row.getValue().call());
            }
        }
        results.forEach((name, all) -> {
            List<Double> ops =
                    all.stream().map(Callers.Result::opsPerSecond).sorted().toList();
            System.out.printf(
                    Locale.ROOT,
                    "%-44s %9.0f ops/s (%.0f to %.0f)  %6.2f us CPU/op%n",
                    name,
                    median(ops),
                    ops.get(0),
                    ops.get(ops.size() - 1),
                    median(all.stream().map(Callers.Result::cpuMicrosPerOp).toList()));
        });
    }

    private Callers.Result run(int callers, int pipes, IntFunction<Pipe> opener, Executor where)
            throws InterruptedException {
        List<Pipe> all = new ArrayList<>();
        for (int i = 0; i < pipes; i++) {
            all.add(opener.apply(i));
        }
        return new Callers(callers, all, where).measure(millis / 2, millis);
    }

    private void streams() throws InterruptedException {
        for (int kib : new int[] {64, 256, 1024}) {
            List<Double> held = new ArrayList<>();
            List<Double> rates = new ArrayList<>();
            for (int round = 0; round < rounds; round++) {
                Stream.Result roomy = stream(server, kib);
                rates.add(roomy.bytesPerSecond());
                held.add((double) stream(tight, kib).bytesWithoutDemand());
            }
            System.out.printf(
                    Locale.ROOT,
                    "receive buffer %4d KiB: %8.0f bytes left the server without demand, then %6.0f MB/s%n",
                    kib,
                    median(held),
                    median(rates) / 1e6);
        }
    }

    private Stream.Result stream(LoopbackServer from, int kib) throws InterruptedException {
        FifoWire wire = open(settings.withReceiveBuffer(kib * 1024), from);
        Stream.Result result = new Stream(wire, from).run();
        wire.close().block();
        return result;
    }

    private Pipe wire(int number) {
        return new WirePipe(open(settings, server));
    }

    private Pipe plain(int number) {
        return new PlainPipe(plainLoop, server.endpoint());
    }

    private static FifoWire open(WireSettings how, LoopbackServer to) {
        FifoWire wire = new Connector(how).connect(to.endpoint(), Mono::just).block();
        if (wire == null) {
            throw new IllegalStateException("No wire.");
        }
        return wire;
    }

    private static double median(List<Double> figures) {
        return figures.stream().sorted().skip(figures.size() / 2).findFirst().orElseThrow();
    }
}
