package io.weir.iotdb.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.ClientEvents;
import io.weir.core.Credentials;
import io.weir.core.CredentialsSource;
import io.weir.core.Endpoint;
import io.weir.core.ErrorKind;
import io.weir.core.Page;
import io.weir.core.ResultPart;
import io.weir.core.TimePrecision;
import io.weir.core.WeirException;
import io.weir.core.wire.Connector;
import io.weir.core.wire.FrameFormat;
import io.weir.core.wire.WireSettings;
import io.weir.iotdb.protocol.ThriftFormat;
import io.weir.iotdb.type.Dialect;
import io.weir.server.iotdb.IotdbServer;
import io.weir.server.iotdb.IotdbServerOptions;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** A server that ends queries after a second and a half, and counts microseconds. */
class ServerTimeIT {

    private static final int ROWS = 12_000;

    private static IotdbServer server;
    private static WireSession session;

    @BeforeAll
    static void start() {
        server = IotdbServer.start(IotdbServerOptions.defaults()
                .withHeapMegabytes(512)
                .withQueryTimeout(Duration.ofMillis(1500))
                .withTimestampPrecision(IotdbServerOptions.Precision.MICROSECONDS));
        SessionSettings settings = new SessionSettings(
                ThriftFormat.BINARY,
                CredentialsSource.of(new Credentials("root", "root")),
                Dialect.TABLE,
                null,
                ZoneOffset.UTC,
                1000,
                Integer.MAX_VALUE,
                Duration.ZERO,
                ClientEvents.NONE,
                (device, node) -> {},
                System::nanoTime);
        session = new Connector(WireSettings.of("iotdb", FrameFormat.INT32_LENGTH))
                .connect(new Endpoint(server.host(), server.port()), wire -> WireSession.login(wire, settings))
                .block();
        List<String> statements = new ArrayList<>(List.of(
                "create database held",
                "use held",
                "create table t(k string tag, l int64 field, ts timestamp field, w text field)"));
        // More than the server has ready before it is asked: else its time can not run out any more.
        String wide = "wide".repeat(200);
        for (int from = 0; from < ROWS; from += 1000) {
            StringJoiner tuples = new StringJoiner(",", "insert into t(time,k,l,w) values ", "");
            for (int i = from; i < from + 1000; i++) {
                tuples.add("(" + i + ",'k'," + i + ",'" + wide + "')");
            }
            statements.add(tuples.toString());
        }
        succeed(statements);
    }

    private static void succeed(List<String> statements) {
        session.run(statements.stream().map(session::spec).toList(), 4)
                .concatMap(
                        part -> part instanceof ResultPart.Failure refusal ? Mono.error(refusal.error()) : Mono.empty())
                .blockLast();
    }

    @AfterAll
    static void stop() {
        session.close().block();
        server.close();
    }

    /** Reads the first page, holds back, and reads the rest: counts the rows, and fails with a refusal. */
    private static Mono<Long> heldBack(StatementSpec spec, Duration pause) {
        AtomicLong rows = new AtomicLong();
        AtomicLong parts = new AtomicLong();
        return session.run(spec)
                .concatMap(
                        part -> {
                            if (part instanceof Page page) {
                                rows.addAndGet(page.size());
                                page.close();
                            }
                            if (part instanceof ResultPart.Failure refusal) {
                                return Mono.error(refusal.error());
                            }
                            return parts.incrementAndGet() == 1 ? Mono.delay(pause) : Mono.empty();
                        },
                        0)
                .then(Mono.fromSupplier(rows::get));
    }

    @Test
    void aSlowReaderOfAStreamWithoutALimitGetsAllRows() {
        StepVerifier.create(heldBack(StatementSpec.of("select * from t", 1000, Duration.ZERO), Duration.ofSeconds(3)))
                .expectNext((long) ROWS)
                .verifyComplete();
    }

    @Test
    void aSlowReaderIsNeverLeftWithHalfTheRowsAndNoError() {
        StatementSpec spec =
                new StatementSpec(Question.of("select * from t"), 1000, Duration.ZERO, Duration.ofMillis(500));
        StepVerifier.create(Flux.range(0, 6)
                        .concatMap(round -> heldBack(spec, Duration.ofSeconds(1))
                                .map(rows -> rows + " rows without an error")
                                .onErrorResume(
                                        WeirException.class,
                                        e -> Mono.just(e.kind().name())))
                        .collectList())
                .assertNext(outcomes ->
                        assertThat(outcomes).contains("TIMEOUT").isSubsetOf("TIMEOUT", ROWS + " rows without an error"))
                .verifyComplete();
    }

    @Test
    void ourLimitEndsTheQueryAndNotTheSession() {
        StatementSpec spec = StatementSpec.of("select * from t", 1000, Duration.ofSeconds(1));
        StepVerifier.create(heldBack(spec, Duration.ofSeconds(3)))
                .verifyErrorSatisfies(
                        e -> assertThat(((WeirException) e).kind()).isEqualTo(ErrorKind.TIMEOUT));
        StepVerifier.create(session.run(session.spec("select count(*) from t")).map(ScriptedSession::text))
                .expectNext("[" + ROWS + "]", "End")
                .verifyComplete();
    }

    @Test
    void microsecondsAreKept() {
        assertThat(session.server().precision()).isEqualTo(TimePrecision.MICROSECONDS);
        Instant moment = Instant.parse("1969-07-20T20:17:40.123456Z");
        succeed(List.of(
                "insert into t(time, k, ts) values (" + session.literals().render(moment) + ", 'moon', "
                        + session.literals().render(moment.plusNanos(1000)) + ")"));
        StepVerifier.create(session.run(session.spec("select time, ts from t where k = 'moon'"))
                        .ofType(Page.class)
                        .map(page -> {
                            try (page) {
                                return List.of(
                                        page.row(0).get(0, Instant.class),
                                        page.row(0).get(1, Instant.class));
                            }
                        }))
                .expectNext(List.of(moment, moment.plusNanos(1000)))
                .verifyComplete();
        succeed(List.of("delete from t where k = 'moon'"));
    }
}
