package io.weir.iotdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import io.weir.iotdb.type.Aggregation;
import io.weir.iotdb.type.DeviceRow;
import io.weir.iotdb.type.Dialect;
import io.weir.iotdb.type.IotdbType;
import io.weir.iotdb.type.SeriesType;
import io.weir.iotdb.type.Tablet;
import io.weir.iotdb.type.ThriftProtocol;
import io.weir.iotdb.type.TimeWindows;
import io.weir.server.iotdb.IotdbServer;
import io.weir.server.iotdb.IotdbServerOptions;
import io.weir.server.iotdb.SharedIotdb;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** A server that is set to Thrift's compact protocol. */
class CompactProtocolIT {

    private static final int ROWS = 5_000;

    private static IotdbServer server;

    @BeforeAll
    static void start() {
        server = IotdbServer.start(
                IotdbServerOptions.defaults().withHeapMegabytes(512).withCompactProtocol());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void rowsOfSeveralRepliesGoInAndComeOut() {
        IotdbClient client = IotdbClient.builder()
                .url(server.url() + "?thriftProtocol=compact&fetchSize=500")
                .option(IotdbOptions.SQL_DIALECT, Dialect.TABLE)
                .build();
        StepVerifier.create(RealSession.inDatabase(
                                client,
                                "compact",
                                session -> RealSession.numbers(session, ROWS)
                                        .thenMany(session.query(
                                                "select l, d, b, s from t order by time",
                                                row -> row.getLong(0) + " " + row.getDouble(1) + " " + row.getBoolean(2)
                                                        + " " + row.getString(3))))
                        .index()
                        .doOnNext(row -> {
                            long n = row.getT1();
                            assertThat(row.getT2()).isEqualTo(n + " " + n / 2.0 + " " + (n % 2 == 0) + " text-" + n);
                        }))
                .expectNextCount(ROWS)
                .verifyComplete();
        client.close().block();
    }

    @Test
    void theCallsThatAreNoSqlAreUnderstoodToo() {
        IotdbClient client = IotdbClient.create(server.url() + "?thriftProtocol=compact");
        SeriesType tagged = SeriesType.of(IotdbType.INT64).withTags(Map.of("t", "1", "u", "2"));
        StepVerifier.create(client.schema()
                        .createSeries(Map.of("root.packed.d.a", tagged, "root.packed.d.b", tagged.withAlias("x")))
                        .then(client.templates().create("packed", Map.of("heat", SeriesType.of(IotdbType.FLOAT))))
                        .then(client.executeAll(
                                List.of("insert into root.packed.d(time,a) values (-1,1),(300,2)", "show databases")))
                        .thenMany(client.reads()
                                .aggregate(List.of(Aggregation.SUM.of("root.packed.d.a")), TimeWindows.range(-1, 1000))
                                .map(row -> row.getDouble(0)))
                        .concatWith(client.templates().series("packed").map(names -> (double) names.size())))
                .expectNext(3.0, 1.0)
                .verifyComplete();
        StepVerifier.create(client.query("show timeseries root.packed.d.b", row -> row.get(1) + " " + row.get(6)))
                .assertNext(series -> assertThat(series).startsWith("x {").contains("\"t\":\"1\"", "\"u\":\"2\""))
                .verifyComplete();
        client.close().block();
    }

    @Test
    void tabletsAndRecordsGoIn() {
        IotdbClient client = IotdbClient.create(server.url() + "?thriftProtocol=compact");
        List<Tablet> tablets = IntStream.range(0, 3)
                .mapToObj(i -> {
                    Tablet tablet = Tablet.ofDevice("root.compact.d" + i)
                            .column("v", IotdbType.DOUBLE)
                            .column("s", IotdbType.TEXT)
                            .build();
                    for (int row = 0; row < 100; row++) {
                        tablet.row(row).set(0, row / 2.0);
                    }
                    return tablet;
                })
                .toList();
        IotdbWrites writes = client.writes();
        StepVerifier.create(Flux.concat(
                                writes.insertTablets(tablets),
                                writes.insertTablet(tablets.get(0)),
                                writes.insertRecord(
                                        DeviceRow.of("root.compact.d0", 100).set("v", 1.5)),
                                writes.insertRecords(List.of(
                                        DeviceRow.of("root.compact.d0", 101).set("v", 2.5),
                                        DeviceRow.of("root.compact.d1", 101).set("s", "x"))),
                                writes.insertStringRecords(List.of(
                                        DeviceRow.of("root.compact.d0", 102).set("v", "3.5"))))
                        .map(WriteResult::rows)
                        .concatWith(client.query("select count(v) from root.compact.d0", row -> row.getLong(0))))
                .expectNext(300L, 100L, 1L, 2L, 1L, 103L)
                .verifyComplete();
        client.close().block();
    }

    @Test
    void refusalsAndProperties() {
        IotdbClient client = IotdbClient.create(server.url() + "?thriftProtocol=compact");
        StepVerifier.create(client.execute("selec"))
                .verifyErrorSatisfies(e -> assertThat(e)
                        .isInstanceOfSatisfying(
                                WeirException.class, w -> assertThat(w.code()).isEqualTo(700)));
        StepVerifier.create(client.server().map(info -> info.maxFrameBytes() > 0))
                .expectNext(true)
                .verifyComplete();
        StepVerifier.create(client.ping()).expectNext(true).verifyComplete();
        client.close().block();
    }

    @Test
    void theOtherProtocolIsHungUpOnAndTheErrorNamesTheOption() {
        List<IotdbClient> wrong = List.of(
                IotdbClient.create(server.url()),
                IotdbClient.builder()
                        .url(SharedIotdb.url())
                        .option(IotdbOptions.THRIFT_PROTOCOL, ThriftProtocol.COMPACT)
                        .build());
        for (IotdbClient client : wrong) {
            StepVerifier.create(client.execute("show version")).verifyErrorSatisfies(e -> {
                assertThat(((WeirException) e).kind()).isEqualTo(ErrorKind.CONNECT);
                assertThat(e)
                        .hasMessageContaining("thriftProtocol=compact")
                        .hasMessageContaining("dn_rpc_thrift_compression_enable=true");
            });
            client.close().block();
        }
    }
}
