package io.weir.http.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.channel.DefaultEventLoop;
import io.weir.core.Endpoint;
import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import io.weir.core.wire.SocketSettings;
import io.weir.testkit.guard.TrackedBuffers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Elements out of bytes, without a network. */
class JsonLoopTest {

    private static final String DOCUMENT =
            "{\"code\":0,\"name\":\"hä\\u00e4\",\"data\":[[1,2],[3,4],[5,6]],\"rows\":3}";

    private static final CallErrors ERRORS = new CallErrors(
            JsonSettings.of(SocketSettings.of("toy")),
            Call.get(new Endpoint("db.example", 6041), "query", "/rest/sql?token=secret"));

    /** Gives the first number of each row of two. */
    private static final class Rows implements JsonReader<Long> {
        private boolean complete;

        @Override
        public Long token(JsonToken token, JsonParser parser) {
            if (token == JsonToken.VALUE_NUMBER_INT
                    && parser.streamReadContext().inArray()) {
                long value = parser.getLongValue();
                return value % 2 == 1 ? value : null;
            }
            complete |= "rows".equals(parser.currentName());
            return null;
        }

        @Override
        public void end() {
            if (!complete) {
                throw WeirException.of(ErrorKind.PROTOCOL, "there is no number of rows")
                        .build();
            }
        }
    }

    private static Flux<Long> rows(Flux<ByteBuf> bytes) {
        return new JsonFlux<>(bytes, Rows::new, ERRORS, null, Duration.ZERO);
    }

    /** As reactor-netty does: whoever wants to keep a buffer retains it. */
    private static Flux<ByteBuf> pieces(byte[] bytes, int size) {
        return Flux.generate(() -> 0, (from, sink) -> {
            if (from >= bytes.length) {
                sink.complete();
                return from;
            }
            ByteBuf piece = TrackedBuffers.of(Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + size)));
            try {
                sink.next(piece);
            } finally {
                piece.release();
            }
            return from + size;
        });
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aDocumentMayBeCutAnywhere() {
        byte[] bytes = utf8(DOCUMENT);
        for (int size = 1; size <= bytes.length; size++) {
            StepVerifier.create(rows(pieces(bytes, size)))
                    .expectNext(1L, 3L, 5L)
                    .verifyComplete();
        }
    }

    @Test
    void everyTruncationIsAnError() {
        byte[] bytes = utf8(DOCUMENT);
        for (int length = 0; length < bytes.length; length++) {
            String name = "the first " + length + " bytes";
            Throwable error = rows(pieces(Arrays.copyOf(bytes, length), 7))
                    .then(Mono.<Throwable>empty())
                    .onErrorResume(Mono::just)
                    .block();
            assertThat(error).as(name).isInstanceOf(WeirException.class);
            assertThat(((WeirException) error).kind()).as(name).isEqualTo(ErrorKind.PROTOCOL);
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            <html>busy</html>      ; is not JSON
            {"rows":1}{"rows":1}   ; goes on after its end
            {"rows":1,             ; ended in the middle
            {}                     ; there is no number of rows
            """, delimiter = ';')
    void whatIsNoSuchDocumentIsToldSo(String text, String words) {
        StepVerifier.create(rows(pieces(utf8(text), 5)))
                .expectErrorSatisfies(
                        e -> assertThat(e).hasMessageContaining(words).hasMessageNotContaining("secret"))
                .verify();
    }

    @Test
    void demandDrivesTheBytesAndTheEndIsSeenWithoutMore() {
        byte[] bytes = utf8(DOCUMENT);
        AtomicLong taken = new AtomicLong();
        StepVerifier.create(rows(pieces(bytes, 1).doOnNext(b -> taken.incrementAndGet())), 0)
                .then(() -> assertThat(taken).hasValue(0))
                .thenRequest(1)
                .expectNext(1L)
                .then(() -> assertThat(taken.get()).isLessThan(DOCUMENT.indexOf("[5") + 2))
                .thenRequest(2)
                .expectNext(3L, 5L)
                .verifyComplete();
    }

    @Test
    void aHugeDocumentTakesTheRoomOfOneBufferHoweverSlowlyItIsRead() {
        AtomicLong ahead = new AtomicLong();
        byte[] head = utf8("{\"data\":[");
        byte[] row = utf8("[1,2],");
        Flux<ByteBuf> endless = Flux.generate(() -> head, (next, sink) -> {
            ByteBuf buffer = TrackedBuffers.of(next);
            ahead.incrementAndGet();
            try {
                sink.next(buffer);
            } finally {
                buffer.release();
            }
            return row;
        });
        AtomicLong got = new AtomicLong();
        rows(endless)
                .limitRate(1)
                .take(200_000)
                .doOnNext(x -> {
                    long lead = ahead.get() - got.incrementAndGet();
                    assertThat(lead).isBetween(0L, 4L);
                })
                .blockLast();
        assertThat(got).hasValue(200_000);
    }

    @Test
    void cancelsAtAnyMomentLeaveNothingBehind() {
        Random random = new Random(11);
        byte[] bytes = utf8(DOCUMENT);
        for (int i = 0; i < 500; i++) {
            int most = random.nextInt(4);
            int size = 1 + random.nextInt(20);
            rows(pieces(bytes, size)).subscribe(new BaseSubscriber<>() {
                private int seen;

                @Override
                protected void hookOnSubscribe(org.reactivestreams.Subscription s) {
                    s.request(1);
                }

                @Override
                protected void hookOnNext(Long value) {
                    if (seen++ == most) {
                        cancel();
                    } else {
                        request(1);
                    }
                }
            });
        }
    }

    @Test
    void whatTheReaderThrowsIsPassedOnAndEndsTheReading() {
        AtomicLong cancelled = new AtomicLong();
        Flux<Long> refused = new JsonFlux<>(
                pieces(utf8(DOCUMENT), 4).doOnCancel(cancelled::incrementAndGet),
                () -> (token, parser) -> {
                    throw WeirException.of(ErrorKind.AUTH, "no").build();
                },
                ERRORS,
                null,
                Duration.ZERO);
        StepVerifier.create(refused).expectErrorMessage("no").verify();
        assertThat(cancelled).hasValue(1);
    }

    @Test
    void silenceHasALimitWhichDoesNotRunWhileNobodyAsks() {
        DefaultEventLoop loop = new DefaultEventLoop();
        try {
            Flux<ByteBuf> never = pieces(utf8("{\"data\":["), 100).concatWith(Flux.never());
            StepVerifier.create(new JsonFlux<>(never, Rows::new, ERRORS, loop, Duration.ofMillis(50)))
                    .expectErrorSatisfies(
                            e -> assertThat(((WeirException) e).kind()).isEqualTo(ErrorKind.TIMEOUT))
                    .verify(Duration.ofSeconds(20));
        } finally {
            loop.shutdownGracefully(0, 0, java.util.concurrent.TimeUnit.SECONDS).isDone();
        }
    }
}
