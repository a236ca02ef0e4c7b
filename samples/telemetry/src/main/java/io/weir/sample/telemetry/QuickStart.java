package io.weir.sample.telemetry;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import reactor.core.publisher.Flux;

/** The lines of the README, against the server of {@code ./dev server iotdb}. */
public final class QuickStart {

    private QuickStart() {}

    public static void main(String[] arguments) {
        String url = arguments.length > 0 ? arguments[0] : "r2dbc:iotdb://root:root@127.0.0.1:6667?sqlDialect=table";

        // README begin
        ConnectionFactory factory = ConnectionFactories.get(url);
        Flux<String> databases = Flux.usingWhen(
                factory.create(),
                connection -> Flux.from(
                                connection.createStatement("SHOW DATABASES").execute())
                        .flatMap(result -> result.map((row, metadata) -> row.get(0, String.class))),
                Connection::close);
        databases.doOnNext(System.out::println).blockLast();
        // README end
    }
}
