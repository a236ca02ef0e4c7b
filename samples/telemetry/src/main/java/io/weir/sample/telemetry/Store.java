package io.weir.sample.telemetry;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.Readable;
import io.r2dbc.spi.Result;
import io.r2dbc.spi.Statement;
import io.weir.iotdb.Ingestion;
import io.weir.iotdb.IotdbClient;
import io.weir.iotdb.WriteResult;
import io.weir.iotdb.type.IotdbType;
import io.weir.iotdb.type.Tablet;
import java.util.List;
import java.util.Objects;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The readings in the database: everything that this sample asks of R2DBC, and of the client for what is in bulk. */
final class Store implements Readings {

    private static final String CREATE_TABLE = """
            CREATE TABLE IF NOT EXISTS telemetry (
              machine STRING TAG,
              temperature DOUBLE FIELD, vibration DOUBLE FIELD, power DOUBLE FIELD, state STRING FIELD)""";

    private static final String INSERT =
            "INSERT INTO telemetry (time, machine, temperature, vibration, power, state) VALUES (?, ?, ?, ?, ?, ?)";

    private static final String SELECT = "SELECT time, machine, temperature, vibration, power, state FROM telemetry";

    private static final Ingestion<Reading> BY_TABLETS = Ingestion.ofRows(Store::tablet, Store::add);

    private final ConnectionFactory connections;
    private final IotdbClient client;
    private final String database;

    /**
     * Best over a pool: each call takes a connection and gives it back.
     *
     * @param client for the same database
     * @param database the one that the connections are for; it need not exist yet
     */
    Store(ConnectionFactory connections, IotdbClient client, String database) {
        this.connections = connections;
        this.client = client;
        this.database = database;
    }

    /** Makes the database and the table, if they are not there. */
    Mono<Void> create() {
        return Mono.usingWhen(
                connections.create(),
                connection -> run(connection, "CREATE DATABASE IF NOT EXISTS " + database)
                        .then(run(connection, CREATE_TABLE)),
                Connection::close);
    }

    private static Mono<Void> run(Connection connection, String sql) {
        return Flux.from(connection.createStatement(sql).execute())
                .concatMap(Result::getRowsUpdated)
                .then();
    }

    /**
     * Writes a stream by tablets of a thousand rows, a few of them under way at a time.
     *
     * @return how many rows each of them has brought
     */
    Flux<Long> ingest(Flux<Reading> readings) {
        return client.writes().ingestEach(readings, BY_TABLETS).map(Store::whole);
    }

    private static Tablet tablet() {
        return Tablet.ofTable("telemetry")
                .tag("machine")
                .column("temperature", IotdbType.DOUBLE)
                .column("vibration", IotdbType.DOUBLE)
                .column("power", IotdbType.DOUBLE)
                .column("state", IotdbType.STRING)
                .build();
    }

    private static void add(Reading reading, Tablet tablet) {
        tablet.row(reading.time())
                .set("machine", reading.machine())
                .set("temperature", reading.temperature())
                .set("vibration", reading.vibration())
                .set("power", reading.power())
                .set("state", reading.state());
    }

    private static long whole(WriteResult result) {
        if (!result.isComplete()) {
            throw new IllegalStateException("The database refused readings: " + result.refusals());
        }
        return result.rows();
    }

    /** With one statement: its bindings become one INSERT with many VALUES. */
    @Override
    public Mono<Long> insert(List<Reading> readings) {
        return Mono.usingWhen(connections.create(), connection -> insert(connection, readings), Connection::close);
    }

    private static Mono<Long> insert(Connection connection, List<Reading> readings) {
        Statement statement = connection.createStatement(INSERT);
        for (int i = 0; i < readings.size(); i++) {
            if (i > 0) {
                statement.add();
            }
            Reading reading = readings.get(i);
            statement
                    .bind(0, reading.time())
                    .bind(1, reading.machine())
                    .bind(2, reading.temperature())
                    .bind(3, reading.vibration())
                    .bind(4, reading.power())
                    .bind(5, reading.state());
        }
        return Flux.from(statement.execute()).concatMap(Result::getRowsUpdated).reduce(0L, Long::sum);
    }

    @Override
    public Flux<Reading> between(long after, long until) {
        return select(connection -> connection
                .createStatement(SELECT + " WHERE time > ? AND time <= ? ORDER BY time")
                .bind(0, after)
                .bind(1, until)
                .execute());
    }

    @Override
    public Flux<Reading> upTo(long until) {
        return select(connection -> connection
                .createStatement(SELECT + " WHERE time <= ?")
                .bind(0, until)
                .execute());
    }

    @FunctionalInterface
    private interface Query {
        Publisher<? extends Result> on(Connection connection);
    }

    private Flux<Reading> select(Query query) {
        return Flux.usingWhen(
                connections.create(),
                connection -> Flux.from(query.on(connection)).concatMap(result -> result.map(Store::reading)),
                Connection::close);
    }

    private static Reading reading(Readable row) {
        return new Reading(
                value(row, "time", Long.class),
                value(row, "machine", String.class),
                value(row, "temperature", Double.class),
                value(row, "vibration", Double.class),
                value(row, "power", Double.class),
                value(row, "state", String.class));
    }

    private static <T> T value(Readable row, String column, Class<T> type) {
        return Objects.requireNonNull(row.get(column, type), column);
    }
}
