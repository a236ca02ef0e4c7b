package io.weir.sample.telemetry;

import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.spi.ConnectionFactories;
import io.weir.iotdb.IotdbClient;
import io.weir.server.iotdb.IotdbServer;
import io.weir.server.iotdb.IotdbServerOptions;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** {@code ./dev run}: starts a server, runs the sample over a pool, and leaves nothing behind. */
public final class Main {

    private static final String DATABASE = "plant";
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private Main() {}

    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        Terminal terminal = Terminal.detect(System.getenv());
        // A log line would tear the picture; whoever wants the log sends the output to a file.
        System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", terminal == null ? "warn" : "off");
        StopSignal stop = new StopSignal();
        try {
            run(SampleOptions.parse(List.of(arguments)), terminal, out, stop);
        } catch (RuntimeException e) {
            // When the whole process group is stopped, the server may be gone before the streams are.
            if (stop.withdraw()) {
                System.err.println(e.getMessage());
                System.exit(1);
            }
        } finally {
            stop.done();
        }
    }

    private static void run(SampleOptions options, @Nullable Terminal terminal, PrintStream out, StopSignal stop) {
        out.println("Starting a real IoTDB …");
        try (IotdbServer server =
                IotdbServer.start(IotdbServerOptions.defaults().withPort(options.port()))) {
            String place = "iotdb://" + server.host() + ":" + server.port() + "/" + DATABASE;
            out.println("IoTDB answers at r2dbc:" + place);
            Display display = terminal == null
                    ? new PlainDisplay(out)
                    : new Screen(out, terminal::size, terminal.colours(), "Weir  r2dbc:" + place);
            Telemetry telemetry = new Telemetry(options, display);
            String url = server.url() + "/" + DATABASE + "?sqlDialect=table";
            IotdbClient client = IotdbClient.create(url.substring("r2dbc:".length()));
            display.open();
            try {
                Mono.usingWhen(
                                Mono.fromSupplier(() -> pool(url)),
                                pool -> telemetry.run(new Store(pool, client, DATABASE), stop.asMono()),
                                pool -> close(pool, client))
                        .block();
            } finally {
                display.close();
            }
            out.println(Format.summary(telemetry.snapshot()));
        }
    }

    private static ConnectionPool pool(String url) {
        return new ConnectionPool(ConnectionPoolConfiguration.builder(ConnectionFactories.get(url))
                .maxSize(Telemetry.CONNECTIONS)
                .build());
    }

    /** A server that is already gone must not keep us. */
    private static Mono<Void> close(ConnectionPool pool, IotdbClient client) {
        return pool.disposeLater().then(client.close()).timeout(FAREWELL).onErrorComplete();
    }
}
