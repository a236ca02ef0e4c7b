package io.weir.sample.telemetry;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.Result;
import reactor.core.publisher.Flux;

/** The lines of the README, against the server of {@code ./dev server iotdb} unless a URL is given. */
public final class QuickStart {

    private static final String DEFAULT_URL = "r2dbc:iotdb://root:root@127.0.0.1:6667?sqlDialect=table";

    private QuickStart() {}

    public static void main(String[] arguments) {
        String url = arguments.length > 0 ? arguments[0] : DEFAULT_URL;
        ConnectionFactory factory = ConnectionFactories.get(url);
        Flux.usingWhen(factory.create(), QuickStart::warmMachines, Connection::close)
                .doOnNext(System.out::println)
                .blockLast();
    }

    private static Flux<String> warmMachines(Connection connection) {
        return Flux.just(
                        "CREATE DATABASE IF NOT EXISTS quickstart",
                        "CREATE TABLE IF NOT EXISTS quickstart.readings (machine STRING TAG, temperature DOUBLE FIELD)",
                        "INSERT INTO quickstart.readings (time, machine, temperature) VALUES (1, 'a', 19.5), (2, 'b', 21.5)")
                .concatMap(sql -> connection.createStatement(sql).execute())
                .concatMap(Result::getRowsUpdated)
                .thenMany(connection
                        .createStatement(
                                "SELECT machine, temperature FROM quickstart.readings WHERE temperature > :limit")
                        .bind("limit", 20.0)
                        .execute())
                .concatMap(result -> result.map(
                        row -> row.get("machine", String.class) + " " + row.get("temperature", Double.class)));
    }
}
