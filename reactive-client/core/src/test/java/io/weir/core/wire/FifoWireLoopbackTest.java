package io.weir.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.RecvByteBufAllocator;
import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import io.weir.testkit.Waits;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.resources.LoopResources;
import reactor.test.StepVerifier;

/** The wire on a real socket, with NIO and with other threads. */
class FifoWireLoopbackTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final WireSettings settings =
            WireSettings.of("toy", FrameFormat.INT32_LENGTH).withReceiveBuffer(64 * 1024);

    @BeforeAll
    static void noTestHangs() {
        StepVerifier.setDefaultTimeout(LIMIT);
    }

    private FifoWire connect(ToyServer server) {
        return connect(server, settings);
    }

    private static FifoWire connect(ToyServer server, WireSettings settings) {
        return new Connector(settings).connect(server.endpoint(), Mono::just).block(LIMIT);
    }

    private static void inThreads(int threads, IntConsumer work) throws InterruptedException {
        Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
        CountDownLatch go = new CountDownLatch(1);
        List<Thread> all = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int id = i;
            Thread t = new Thread(() -> {
                try {
                    go.await();
                    work.accept(id);
                } catch (Throwable e) {
                    failures.add(e);
                }
            });
            t.setDaemon(true);
            t.start();
            all.add(t);
        }
        go.countDown();
        for (Thread t : all) {
            t.join(LIMIT.toMillis());
            assertThat(t.isAlive()).isFalse();
        }
        assertThat(failures).isEmpty();
    }

    private static String gist(String text) {
        return text.length() + ":" + text.hashCode();
    }

    @Test
    void answersOfAllLengthsComeWholeThoughTheSocketReadsStraightIntoThem() {
        Random random = new Random(7);
        List<String> questions = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            int length = random.nextInt(4) == 0 ? random.nextInt(400_000) : random.nextInt(100);
            questions.add(String.valueOf((char) ('a' + i % 26)).repeat(length));
        }
        try (ToyServer server = new ToyServer(ToyServer.echo())) {
            FifoWire wire = connect(server);
            assertThat(wire.channel().config().<RecvByteBufAllocator>getRecvByteBufAllocator())
                    .isInstanceOf(StraightReads.class);
            StepVerifier.create(Flux.fromIterable(questions)
                            .flatMapSequential(question -> wire.exchange(() -> new Ask(question)), 8)
                            .collectList())
                    // By length and sum, so that a failure can be read.
                    .assertNext(answers -> assertThat(answers.stream().map(FifoWireLoopbackTest::gist))
                            .containsExactlyElementsOf(questions.stream()
                                    .map(FifoWireLoopbackTest::gist)
                                    .toList()))
                    .verifyComplete();
            wire.close().block(LIMIT);
        }
    }

    @Test
    void manyThreadsOnOneWireEachGetTheirOwnAnswersAndShareFlushes() throws InterruptedException {
        AtomicInteger flushes = new AtomicInteger();
        int each = 200;
        try (ToyServer server = new ToyServer(ToyServer.echo())) {
            FifoWire wire = connect(server);
            wire.channel().pipeline().addFirst(new ChannelOutboundHandlerAdapter() {
                @Override
                public void flush(ChannelHandlerContext ctx) {
                    flushes.incrementAndGet();
                    ctx.flush();
                }
            });
            // The loop is busy until all have asked once, so that the first 64 questions are sure to leave together.
            AtomicInteger asked = new AtomicInteger();
            wire.execute(() -> {
                while (asked.get() < 64) {
                    Thread.onSpinWait();
                }
            });
            inThreads(64, thread -> {
                var first =
                        wire.exchange(() -> new Ask("first " + thread)).single().toFuture();
                asked.incrementAndGet();
                assertThat(first.join()).isEqualTo("first " + thread);
                for (int i = 1; i < each; i++) {
                    String question = thread + "/" + i;
                    assertThat(wire.exchange(() -> new Ask(question)).blockLast(LIMIT))
                            .isEqualTo(question);
                }
            });
            assertThat(flushes.get()).isBetween(1, 64 * (each - 1) + 1);
            wire.close().block(LIMIT);
        }
    }

    @Test
    void cancelsFromManyThreadsNeverMixAnswersUp() throws InterruptedException {
        long seed = Long.getLong("weir.test.seed", System.nanoTime());
        System.out.println("FifoWireLoopbackTest: seed " + seed);
        Queue<Ask> asked = new ConcurrentLinkedQueue<>();
        try (ToyServer server = new ToyServer(peer -> {
            Random random = new Random(seed);
            for (String q = peer.hear(); q != null; q = peer.hear()) {
                for (int i = random.nextInt(5); i > 0; i--) {
                    peer.say(q);
                }
                peer.say("." + q);
            }
        })) {
            FifoWire wire = connect(server);
            inThreads(8, thread -> {
                Random random = new Random(seed + thread);
                for (int i = 0; i < 400; i++) {
                    String question = thread + "/" + i;
                    Ask ask = new Ask(question);
                    asked.add(ask);
                    if (random.nextInt(3) == 0) {
                        assertThat(wire.exchange(() -> ask).collectList().block(LIMIT))
                                .containsOnly(question);
                        continue;
                    }
                    Disposable left = wire.exchange(() -> ask)
                            .limitRate(2)
                            .subscribe(x -> assertThat(x).isEqualTo(question));
                    for (int spin = random.nextInt(3000); spin > 0; spin--) {
                        Thread.onSpinWait();
                    }
                    left.dispose();
                }
            });
            assertThat(wire.exchange(() -> new Ask("good")).collectList().block(LIMIT))
                    .containsOnly("good");
            assertThat(asked).allSatisfy(ask -> {
                assertThat(ask.ends).hasValue(1);
                assertThat(ask.seen).isSubsetOf(ask.question, "." + ask.question);
            });
            assertThat(wire.isOpen()).isTrue();
            wire.close().block(LIMIT);
        }
    }

    @Test
    void withoutDemandNoMoreLeavesTheServerThanTheWrittenBound() throws InterruptedException {
        AtomicLong written = new AtomicLong();
        int frames = 5_000;
        String load = "x".repeat(1000);
        try (ToyServer server = new ToyServer(peer -> {
            peer.socket.setSendBufferSize(64 * 1024);
            peer.hear();
            for (int i = 0; i < frames; i++) {
                peer.say(load);
                written.addAndGet(1004);
            }
            peer.say(".end");
            peer.hear();
        })) {
            FifoWire wire = connect(server);
            AtomicInteger got = new AtomicInteger();
            StepVerifier.create(wire.exchange(() -> new Ask("all")), 0)
                    .then(() -> Waits.untilSettled(written::get))
                    // The kernel doubles both buffers; then one read of 64 KiB, and a frame.
                    .then(() ->
                            assertThat(written.get()).isBetween(1L, 2 * 64 * 1024 + 2 * 64 * 1024 + 64 * 1024L + 1004))
                    .thenRequest(10)
                    .expectNextCount(10)
                    .then(() -> Waits.untilSettled(written::get))
                    .then(() -> assertThat(written.get()).isLessThan(400_000))
                    .thenRequest(Long.MAX_VALUE)
                    .thenConsumeWhile(x -> got.incrementAndGet() > 0)
                    .verifyComplete();
            assertThat(got).hasValue(frames - 10 + 1);
            wire.close().block(LIMIT);
        }
    }

    @Test
    void aServerThatDiesWhileAnAnswerIsAwaitedIsNoticedAtOnce() {
        try (ToyServer server = new ToyServer(ToyServer.Peer::hear)) {
            FifoWire wire = connect(server);
            StepVerifier.create(wire.exchange(() -> new Ask("a")))
                    .verifyErrorSatisfies(e -> assertThat((WeirException) e)
                            .hasMessageContainingAll(
                                    "was lost",
                                    "may have run",
                                    server.endpoint().toString())
                            .extracting(WeirException::kind)
                            .isEqualTo(ErrorKind.CLOSED));
            assertThat(wire.isOpen()).isFalse();
        }
    }

    @Test
    void aServerThatDiesWhileNobodyAsksIsNoticedAtOnce() {
        try (ToyServer server = new ToyServer(peer -> peer.say())) {
            FifoWire wire = connect(server);
            StepVerifier.create(wire.onClose())
                    .verifyErrorSatisfies(e -> assertThat(e).hasMessageContaining("was lost"));
        }
    }

    @Test
    void aServerThatDiesWhileReadingIsPausedIsNoticedByTheLimitAndLosesNothingThatCameBefore() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        try (ToyServer server = new ToyServer(peer -> {
            peer.hear();
            peer.say("1", "2", ".3");
            peer.socket.close();
            closed.countDown();
        })) {
            FifoWire wire = connect(server);
            Ask idle = new Ask("idle", Duration.ofSeconds(3));
            StepVerifier behind = StepVerifier.create(wire.exchange(() -> new Ask("behind"))
                            .delaySubscription(wire.onClose().onErrorComplete()))
                    .expectErrorSatisfies(
                            e -> assertThat(((WeirException) e).sent()).isEqualTo(WeirException.Sent.NO))
                    .verifyLater();
            StepVerifier.create(wire.exchange(() -> idle), 0)
                    .then(() -> await(closed))
                    // NIO does not look at a socket that nobody reads: the end is behind what is not read yet.
                    .then(() -> assertThat(wire.isOpen()).isTrue())
                    .verifyErrorSatisfies(
                            e -> assertThat(((WeirException) e).kind()).isEqualTo(ErrorKind.TIMEOUT));
            behind.verify();
            assertThat(idle.seen).containsExactly("1", "2", ".3");
        }
    }

    @Test
    void whatCameBeforeTheServerDiedIsStillDeliveredWhenItIsAskedFor() {
        CountDownLatch closed = new CountDownLatch(1);
        try (ToyServer server = new ToyServer(peer -> {
            peer.hear();
            peer.say("1", "2", ".3");
            peer.socket.close();
            closed.countDown();
        })) {
            FifoWire wire = connect(server);
            StepVerifier.create(wire.exchange(() -> new Ask("a")), 0)
                    .then(() -> await(closed))
                    .thenRequest(3)
                    .expectNext("1", "2", "3")
                    .verifyComplete();
            StepVerifier.create(wire.onClose()).verifyError(WeirException.class);
        }
    }

    @Test
    void writingToAServerThatHasDiedIsNoticedEvenWhileReadingIsPaused() {
        CountDownLatch closed = new CountDownLatch(1);
        try (ToyServer server = new ToyServer(peer -> {
            peer.hear();
            peer.say("1", "2", ".3");
            peer.socket.setSoLinger(true, 0);
            peer.socket.close();
            closed.countDown();
        })) {
            FifoWire wire = connect(server);
            StepVerifier.create(wire.exchange(() -> new Ask("a")), 0)
                    .then(() -> await(closed))
                    .then(() -> wire.exchange(() -> new Ask("b")).subscribe(x -> {}, e -> {}))
                    .verifyErrorSatisfies(
                            e -> assertThat(((WeirException) e).kind()).isEqualTo(ErrorKind.CLOSED));
        }
    }

    @Test
    void aLargeAnswerInSmallPiecesArrivesWhole() {
        String large = "y".repeat(3_000_000);
        try (ToyServer server = new ToyServer(ToyServer.echo())) {
            FifoWire wire = connect(server);
            assertThat(wire.exchange(() -> new Ask(large)).blockLast(LIMIT)).isEqualTo(large);
            wire.close().block(LIMIT);
        }
    }

    @Test
    void retainedFramesOutliveTheExchange() {
        try (ToyServer server = new ToyServer(ToyServer.echo())) {
            FifoWire wire = connect(server);
            List<ByteBuf> kept = new ArrayList<>();
            Ask keeps = new Ask("keep me") {
                @Override
                protected boolean frame(ByteBuf frame) {
                    kept.add(frame.retainedSlice());
                    return super.frame(frame);
                }
            };
            wire.exchange(() -> keeps).blockLast(LIMIT);
            wire.close().block(LIMIT);
            assertThat(kept.get(0).toString(StandardCharsets.UTF_8)).isEqualTo(".keep me");
            kept.get(0).release();
        }
    }

    @Test
    void onceItsLoopsAreGoneAWireFailsWhatItIsAskedAndThrowsNothing() {
        LoopResources own = LoopResources.create("own", 1, true);
        try (ToyServer server = new ToyServer(ToyServer.silence())) {
            FifoWire wire = connect(server, settings.withLoops(own));
            Ask pending = new Ask("pending");
            StepVerifier lost = StepVerifier.create(wire.exchange(() -> pending))
                    .expectError(WeirException.class)
                    .verifyLater();
            // Without a quiet period Netty may end a loop before it has closed its channels.
            own.disposeLater(Duration.ofMillis(100), Duration.ofSeconds(5)).block(LIMIT);
            lost.verify();
            pending.cancel();
            pending.request(1);
            StepVerifier.create(wire.exchange(() -> new Ask("late")))
                    .verifyErrorSatisfies(
                            e -> assertThat(((WeirException) e).sent()).isEqualTo(WeirException.Sent.NO));
            StepVerifier.create(wire.close()).verifyComplete();
            StepVerifier.create(new Connector(settings.withLoops(own)).connect(server.endpoint(), Mono::just))
                    .verifyErrorSatisfies(
                            e -> assertThat(((WeirException) e).kind()).isEqualTo(ErrorKind.CONNECT));
        }
    }

    @Test
    void sharedLoopsAreMadeAnewAfterTheyWereDisposedOf() {
        try (ToyServer server = new ToyServer(ToyServer.echo())) {
            FifoWire before = connect(server);
            assertThat(SharedLoops.get()).isSameAs(SharedLoops.get());
            SharedLoops.dispose().block(LIMIT);
            StepVerifier.create(before.onClose()).verifyError(WeirException.class);
            FifoWire after = connect(server);
            assertThat(after.exchange(() -> new Ask("again")).blockLast(LIMIT)).isEqualTo("again");
            after.close().block(LIMIT);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
