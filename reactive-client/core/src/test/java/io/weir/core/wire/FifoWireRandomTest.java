package io.weir.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;

/**
 * Anything that can happen to a wire, in any order: questions, demand in drops, cancels, limits, requests that can not be
 * encoded, a socket that takes no more, answers cut anywhere. Whatever happens, each frame goes to the exchange that
 * asked, and each exchange ends once.
 */
class FifoWireRandomTest {

    private static final int ROUNDS = 300;
    private static final int STEPS = 150;

    @Test
    void eachFrameGoesToTheExchangeThatAskedAndEachExchangeEndsOnce() {
        long seed = Long.getLong("weir.test.seed", System.nanoTime());
        System.out.println("FifoWireRandomTest: seed " + seed);
        int drained = 0;
        int failed = 0;
        int answered = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Round r = new Round(new Random(seed + round), "seed " + seed + " round " + round);
            r.play();
            for (Asker asker : r.askers) {
                drained += asker.cancelled && asker.ask.encoded ? 1 : 0;
                failed += asker.error != null ? 1 : 0;
                answered += asker.completed ? 1 : 0;
            }
        }
        assertThat(drained).as("cancelled after writing").isGreaterThan(ROUNDS);
        assertThat(failed).as("failed").isGreaterThan(ROUNDS);
        assertThat(answered).as("answered").isGreaterThan(ROUNDS);
    }

    private static final class Round {
        final Random random;
        final String name;
        final Desk desk = new Desk(s -> s.withDrainLimit(Duration.ZERO));
        final List<Asker> askers = new ArrayList<>();
        Throwable lost;
        final Deque<Byte> outgoing = new ArrayDeque<>();

        Round(Random random, String name) {
            this.random = random;
            this.name = name;
        }

        void play() {
            try (desk) {
                for (int i = 0; i < STEPS; i++) {
                    step();
                    desk.wire.onClose().subscribe(x -> {}, e -> lost = e);
                    assertThat(lost).as(name + " step " + i).isNull();
                }
                desk.writable(true);
                for (int i = 0; i < 3; i++) {
                    askers.forEach(a -> a.request(Long.MAX_VALUE));
                    hear();
                    say(Integer.MAX_VALUE);
                }
                assertThat(desk.wire.pending()).as(name).isZero();
                assertThat(desk.wire.isOpen()).as(name).isTrue();
                askers.forEach(a -> a.check(name));
            }
        }

        private void step() {
            switch (random.nextInt(10)) {
                case 0, 1 -> ask();
                case 2, 3 -> some().request(1 + random.nextInt(3));
                case 4 -> some().leave();
                case 5 -> hear();
                case 6, 7 -> say(random.nextInt(40));
                case 8 -> desk.pass(Duration.ofMillis(random.nextInt(300)));
                default -> desk.writable(random.nextInt(3) > 0);
            }
        }

        private Asker some() {
            if (askers.isEmpty()) {
                ask();
            }
            return askers.get(Math.max(0, askers.size() - 1 - random.nextInt(Math.min(6, askers.size()))));
        }

        private void ask() {
            Duration limit = random.nextInt(3) == 0 ? Duration.ofMillis(1 + random.nextInt(1000)) : Duration.ZERO;
            Asker asker = new Asker(askers.size(), limit, random.nextInt(15) == 0);
            askers.add(asker);
            desk.wire.exchange(() -> asker.ask).subscribe(asker);
            if (random.nextBoolean()) {
                asker.request(random.nextInt(4));
            }
        }

        /** The server reads what has come and prepares its answers. */
        private void hear() {
            for (String q : desk.questions()) {
                int frames = 1 + random.nextInt(4);
                for (int i = 1; i <= frames; i++) {
                    byte[] text = ((i == frames ? "." : "") + q + "/" + i + "x".repeat(random.nextInt(30)))
                            .getBytes(StandardCharsets.UTF_8);
                    for (byte b : new byte[] {0, 0, 0, (byte) text.length}) {
                        outgoing.add(b);
                    }
                    for (byte b : text) {
                        outgoing.add(b);
                    }
                }
            }
        }

        private void say(int atMost) {
            byte[] part = new byte[Math.min(atMost, outgoing.size())];
            for (int i = 0; i < part.length; i++) {
                part[i] = outgoing.remove();
            }
            if (part.length > 0) {
                desk.answer(part);
            } else {
                desk.turn();
            }
        }
    }

    private static final class Asker extends BaseSubscriber<String> {
        final int id;
        final Ask ask;
        final List<String> got = new ArrayList<>();
        boolean cancelled;
        boolean completed;
        Throwable error;

        Asker(int id, Duration limit, boolean broken) {
            this.id = id;
            this.ask = new Ask("q" + id, limit) {
                @Override
                protected void encode(ByteBuf out) {
                    super.encode(out);
                    if (broken) {
                        encoded = false;
                        throw new IllegalArgumentException("broken");
                    }
                }
            };
        }

        void leave() {
            if (!completed && error == null) {
                cancelled = true;
                cancel();
            }
        }

        @Override
        protected void hookOnSubscribe(Subscription s) {}

        @Override
        protected void hookOnNext(String value) {
            assertThat(completed || error != null).isFalse();
            got.add(value);
        }

        @Override
        protected void hookOnComplete() {
            completed = true;
        }

        @Override
        protected void hookOnError(Throwable t) {
            error = t;
        }

        void check(String name) {
            String where = name + " question " + id;
            assertThat(ask.ends).as(where).hasValue(1);
            assertThat(ask.seen).as(where).allMatch(f -> f.matches("\\.?q" + id + "/\\d+x*"));
            for (int i = 0; i < got.size(); i++) {
                assertThat(got.get(i)).as(where).startsWith("q" + id + "/" + (i + 1));
            }
            if (ask.encoded) {
                assertThat(ask.seen.get(ask.seen.size() - 1)).as(where).startsWith(".");
            } else {
                assertThat(ask.seen).as(where).isEmpty();
            }
            if (completed) {
                assertThat(got).as(where).hasSameSizeAs(ask.seen);
            }
            if (error != null) {
                assertThat(((WeirException) error).kind()).as(where).isIn(ErrorKind.TIMEOUT, ErrorKind.BAD_REQUEST);
            }
            assertThat(completed || error != null || cancelled).as(where).isTrue();
        }
    }
}
