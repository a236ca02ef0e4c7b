package io.weir.testkit.compliance;

import static org.assertj.core.api.Assertions.assertThat;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.Result;
import io.r2dbc.spi.Statement;
import io.r2dbc.spi.ValidationDepth;
import io.weir.testkit.FaultProxy;
import io.weir.testkit.Flow;
import io.weir.testkit.FrameCutter;
import io.weir.testkit.Link;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Cancels conversations after each frame of the server's answers in turn. */
final class Boundaries {

    private static final int FETCH_SIZE = 50;

    // Answers that nobody waits for, such as those to the closing of cursors, come within this time; on a machine that
    // is too
    // busy for that one boundary is played in the place of another.
    private static final Duration STRAGGLERS = Duration.ofMillis(15);

    private final Bench bench;
    private final Fixture fixture;

    Boundaries(Bench bench) {
        this.bench = bench;
        this.fixture = bench.fixture();
    }

    /** By conversation, how many boundaries there were. */
    Map<String, Integer> cancelAtEach() throws InterruptedException {
        Map<String, Function<Connection, Publisher<?>>> conversations = new LinkedHashMap<>();
        conversations.put(
                "query",
                connection -> Line.values(
                        connection.createStatement(fixture.select(Bench.TABLE)).fetchSize(FETCH_SIZE)));
        conversations.put(
                "insert", connection -> counts(connection.createStatement(fixture.insert(Bench.SCRATCH, 1, 3))));
        conversations.put(
                "bindings",
                connection -> counts(connection
                        .createStatement(fixture.insertWithPlaceholders(Bench.SCRATCH))
                        .bind(0, 4)
                        .bind(1, "row 4")
                        .add()
                        .bind(0, 5)
                        .bind(1, "row 5")));
        conversations.put(
                "batch",
                connection -> Flux.from(connection
                                .createBatch()
                                .add(fixture.insert(Bench.SCRATCH, 6, 1))
                                .add(fixture.select(Bench.TABLE))
                                .add(fixture.insert(Bench.SCRATCH, 7, 1))
                                .execute())
                        .concatMap(result -> result.flatMap(segment -> Mono.just(1))));
        conversations.put(
                "refusal",
                connection ->
                        counts(connection.createStatement(fixture.badGrammar())).onErrorComplete());
        conversations.put("validation", connection -> connection.validate(ValidationDepth.REMOTE));
        if (fixture.capabilities().contains(Capability.TRANSACTIONS)) {
            conversations.put(
                    "transaction",
                    connection -> Flux.usingWhen(
                            Mono.from(connection.beginTransaction()).thenReturn(connection),
                            begun -> counts(begun.createStatement(fixture.insert(Bench.SCRATCH, 8, 1))),
                            Connection::rollbackTransaction));
        }
        Map<String, Integer> boundaries = new LinkedHashMap<>();
        for (Map.Entry<String, Function<Connection, Publisher<?>>> conversation : conversations.entrySet()) {
            boundaries.put(conversation.getKey(), cancel(conversation.getKey(), conversation.getValue()));
        }
        boundaries.put("connect", cancelConnecting());
        return boundaries;
    }

    private int cancel(String what, Function<Connection, Publisher<?>> conversation) {
        try (Line line = bench.proxied()) {
            Flow replies = line.replies();
            // Twice: what a driver learns from the first time must not be in the record.
            Spi.await(conversation.apply(line.connection()));
            replies.awaitQuiet(STRAGGLERS);
            replies.record();
            Spi.await(conversation.apply(line.connection()));
            replies.awaitQuiet(STRAGGLERS);
            int frames = frames(what, replies.recorded());
            for (int passed = 0; passed < frames; passed++) {
                for (boolean atOnce : new boolean[] {true, false}) {
                    cancelAfter(line, passed, atOnce, conversation);
                    line.assertGood(what + ", cancelled after " + passed + " of " + frames + " frames"
                            + (atOnce ? "" : " and a moment"));
                }
            }
            return frames;
        }
    }

    private static void cancelAfter(
            Line line, int frames, boolean atOnce, Function<Connection, Publisher<?>> conversation) {
        Flow replies = line.replies();
        replies.awaitQuiet(STRAGGLERS);
        long sent = line.link().toServer().bytes();
        replies.holdAfterFrames(line.fixture().replyFrames(), frames);
        Disposable running = Flux.from(conversation.apply(line.connection())).subscribe(value -> {}, error -> {});
        line.link().toServer().awaitBytes(sent + 1);
        replies.awaitHeld();
        if (!atOnce) {
            replies.awaitQuiet(STRAGGLERS);
        }
        running.dispose();
        replies.pass();
    }

    private int cancelConnecting() throws InterruptedException {
        try (FaultProxy proxy = bench.proxy()) {
            proxy.forNewLinks(link -> link.toClient().record());
            ConnectionFactory factory = bench.factory(proxy.host(), proxy.port());
            Connection whole = Spi.awaitOne(factory.create());
            proxy.link(0).toClient().awaitQuiet(STRAGGLERS);
            int frames = frames("connect", proxy.link(0).toClient().recorded());
            Spi.await(whole.close());
            for (int passed = 0; passed < frames; passed++) {
                int held = passed;
                proxy.forNewLinks(link -> link.toClient().holdAfterFrames(fixture.replyFrames(), held));
                Disposable connecting = Flux.from(factory.create()).subscribe(value -> {}, error -> {});
                Link link = proxy.link(passed + 1);
                link.toClient().awaitHeld();
                connecting.dispose();
                link.pass();
                link.awaitEnd();
            }
            return frames;
        }
    }

    private int frames(String what, byte[] answers) {
        ByteBuffer rest = ByteBuffer.wrap(answers);
        int frames = 0;
        while (rest.hasRemaining()) {
            int length = fixture.replyFrames().frameLength(rest);
            assertThat(length)
                    .as("length of frame " + frames + " of the answers to " + what)
                    .isNotEqualTo(FrameCutter.UNKNOWN)
                    .isBetween(1, rest.remaining());
            rest.position(rest.position() + length);
            frames++;
        }
        return frames;
    }

    private static Flux<Long> counts(Statement statement) {
        return Flux.from(statement.execute()).concatMap(Result::getRowsUpdated);
    }
}
