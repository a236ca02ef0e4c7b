package io.weir.iotdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import io.weir.iotdb.type.Compression;
import io.weir.iotdb.type.Dialect;
import io.weir.iotdb.type.Encoding;
import io.weir.iotdb.type.IotdbType;
import io.weir.iotdb.type.SeriesType;
import io.weir.server.iotdb.SharedIotdb;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Databases and time series on the real server, without SQL. */
class SchemaIT {

    private static final String DATABASE = "root.schema";
    private static final IotdbClient CLIENT = RealSession.client(SharedIotdb.url(), Dialect.TREE);
    private static final IotdbSchema SCHEMA = CLIENT.schema();

    @BeforeAll
    static void create() {
        SCHEMA.createDatabase(DATABASE).block();
    }

    @AfterAll
    static void drop() {
        SCHEMA.deleteDatabases(List.of(DATABASE)).then(CLIENT.close()).block();
    }

    /** What the server knows of series: path, alias, type, encoding, compression, tags, attributes. */
    private static Mono<List<String>> shown(String path) {
        return CLIENT.query(
                        "show timeseries " + path,
                        row -> row.get(0) + " " + row.get(1) + " " + row.get(3) + " " + row.get(4) + " " + row.get(5)
                                + " " + row.get(6) + " " + row.get(7))
                .sort()
                .collectList();
    }

    private static void refused(Mono<Void> call, int code) {
        StepVerifier.create(call)
                .verifyErrorSatisfies(e -> assertThat(e).isInstanceOfSatisfying(WeirException.class, w -> {
                    assertThat(w.code()).as("%s", w.getMessage()).isEqualTo(code);
                    assertThat(w.kind()).isEqualTo(ErrorKind.BAD_REQUEST);
                    assertThat(w.connection()).isNotNull();
                }));
    }

    @Test
    void aDatabaseIsCreatedOnceAndDeletedWithAllThatIsInIt() {
        String name = "root.schema_other";
        StepVerifier.create(SCHEMA.createDatabase(name)).verifyComplete();
        refused(SCHEMA.createDatabase(name), 501);
        StepVerifier.create(CLIENT.execute("insert into " + name + ".d(time,v) values (1,1)"))
                .verifyComplete();
        StepVerifier.create(SCHEMA.deleteDatabases(List.of(name))).verifyComplete();
        StepVerifier.create(SCHEMA.exists(name + ".d.v")).expectNext(false).verifyComplete();
        refused(SCHEMA.deleteDatabases(List.of(name)), 508);
    }

    @Test
    void aSeriesHasAllThatItWasCreatedWith() {
        SeriesType type = SeriesType.of(IotdbType.INT64)
                .with(Encoding.RLE)
                .with(Compression.SNAPPY)
                .withTags(Map.of("hall", "north"))
                .withAttributes(Map.of("unit", "K"))
                .withAlias("heat");
        StepVerifier.create(SCHEMA.createSeries(DATABASE + ".one.s1", type)).verifyComplete();
        StepVerifier.create(shown(DATABASE + ".one.*"))
                .expectNext(List.of(DATABASE + ".one.s1 heat INT64 RLE SNAPPY {\"hall\":\"north\"} {\"unit\":\"K\"}"))
                .verifyComplete();
        refused(SCHEMA.createSeries(DATABASE + ".one.s1", type), 505);
        refused(SCHEMA.createSeries(DATABASE + ".one.s1", SeriesType.of(IotdbType.INT64)), 503);
    }

    @Test
    void aPropertyReachesTheServer() {
        SeriesType lossy = SeriesType.of(IotdbType.FLOAT).withProperties(Map.of("loss", "sdt", "compdev", "2"));
        StepVerifier.create(SCHEMA.createSeries(DATABASE + ".lossy.s1", lossy)).verifyComplete();
        StepVerifier.create(
                        CLIENT.query("show timeseries " + DATABASE + ".lossy.*", row -> row.get(8) + " " + row.get(9)))
                .expectNextMatches(deadband -> deadband.contains("SDT") || deadband.contains("compdev"))
                .verifyComplete();
    }

    @ParameterizedTest
    @EnumSource(IotdbType.class)
    void everyTypeHasAnEncodingThatTheServerTakes(IotdbType type) {
        String path = DATABASE + ".types." + type.name().toLowerCase(java.util.Locale.ROOT) + "1";
        StepVerifier.create(SCHEMA.createSeries(path, SeriesType.of(type))).verifyComplete();
        StepVerifier.create(shown(path))
                .assertNext(series -> assertThat(series.get(0)).contains(" " + type + " "))
                .verifyComplete();
    }

    @ParameterizedTest
    @EnumSource(Encoding.class)
    void everyEncodingIsTheServers(Encoding encoding) {
        IotdbType type = encoding == Encoding.DICTIONARY ? IotdbType.TEXT : IotdbType.INT32;
        String path = DATABASE + ".encodings." + encoding + "1";
        StepVerifier.create(SCHEMA.createSeries(path, SeriesType.of(type).with(encoding)))
                .verifyComplete();
        StepVerifier.create(shown(path))
                .assertNext(series -> assertThat(series.get(0)).contains(" " + type + " " + encoding + " "))
                .verifyComplete();
    }

    @ParameterizedTest
    @EnumSource(Compression.class)
    void everyCompressionIsTheServers(Compression compression) {
        String path = DATABASE + ".compressions." + compression + "1";
        StepVerifier.create(
                        SCHEMA.createSeries(path, SeriesType.of(IotdbType.INT32).with(compression)))
                .verifyComplete();
        StepVerifier.create(shown(path))
                .assertNext(series -> assertThat(series.get(0)).contains(" " + compression + " "))
                .verifyComplete();
    }

    @Test
    void manySeriesAreCreatedAtOnceSomeWithAnAlias() {
        StepVerifier.create(CLIENT.inSession(session -> session.schema()
                        .createSeries(Map.of(
                                DATABASE + ".many.s1", SeriesType.of(IotdbType.INT32),
                                DATABASE + ".many.s2",
                                        SeriesType.of(IotdbType.TEXT).withAlias("words"),
                                DATABASE + ".many.s3",
                                        SeriesType.of(IotdbType.BLOB).withTags(Map.of("t", "1"))))))
                .verifyComplete();
        StepVerifier.create(shown(DATABASE + ".many.*"))
                .expectNext(List.of(
                        DATABASE + ".many.s1 null INT32 TS_2DIFF LZ4 null null",
                        DATABASE + ".many.s2 words TEXT PLAIN LZ4 null null",
                        DATABASE + ".many.s3 null BLOB PLAIN LZ4 {\"t\":\"1\"} null"))
                .verifyComplete();
    }

    @Test
    void alignedSeriesShareTheirTimes() {
        StepVerifier.create(SCHEMA.createAlignedSeries(
                        DATABASE + ".aligned",
                        Map.of(
                                "s1", SeriesType.of(IotdbType.INT32).withAttributes(Map.of("a", "1")),
                                "s2", SeriesType.of(IotdbType.DATE).withAlias("day"))))
                .verifyComplete();
        StepVerifier.create(shown(DATABASE + ".aligned.*"))
                .expectNext(List.of(
                        DATABASE + ".aligned.s1 null INT32 TS_2DIFF LZ4 null {\"a\":\"1\"}",
                        DATABASE + ".aligned.s2 day DATE TS_2DIFF LZ4 null null"))
                .verifyComplete();
        StepVerifier.create(CLIENT.query("show devices " + DATABASE + ".aligned", row -> row.getString(1)))
                .expectNext("true")
                .verifyComplete();
        assertThatThrownBy(() -> SCHEMA.createAlignedSeries(
                        DATABASE + ".aligned",
                        Map.of("s3", SeriesType.of(IotdbType.FLOAT).withProperties(Map.of("loss", "sdt")))))
                .hasMessageContaining("no properties");
    }

    @Test
    void aSeriesIsDeletedWithItsData() {
        StepVerifier.create(CLIENT.execute("insert into " + DATABASE + ".gone(time,a,b) values (1,1,1)"))
                .verifyComplete();
        StepVerifier.create(SCHEMA.deleteSeries(List.of(DATABASE + ".gone.a"))).verifyComplete();
        StepVerifier.create(SCHEMA.exists(DATABASE + ".gone.a"))
                .expectNext(false)
                .verifyComplete();
        StepVerifier.create(SCHEMA.exists(DATABASE + ".gone.b"))
                .expectNext(true)
                .verifyComplete();
        StepVerifier.create(SCHEMA.exists(DATABASE + ".gone.**"))
                .expectNext(true)
                .verifyComplete();
    }

    @Test
    void dataIsDeletedInARangeWithBothItsEnds() {
        StepVerifier.create(CLIENT.execute("insert into " + DATABASE + ".data(time,v) values (1,1),(2,2),(3,3),(4,4)")
                        .then(SCHEMA.deleteData(List.of(DATABASE + ".data.v"), 2, 3)))
                .verifyComplete();
        StepVerifier.create(CLIENT.query("select v from " + DATABASE + ".data", row -> row.getLong(0)))
                .expectNext(1L, 4L)
                .verifyComplete();
    }

    @Test
    void whatIsNoPathNeverBecomesAStatement() {
        assertThatThrownBy(() -> SCHEMA.exists("root.** limit 1; drop database root.x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is no path");
    }
}
