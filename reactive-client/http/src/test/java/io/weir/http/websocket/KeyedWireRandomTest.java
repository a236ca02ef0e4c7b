package io.weir.http.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;

/**
 * Anything that can happen to a keyed wire, in any order: questions, demand, cancels, limits, requests that can not be
 * encoded, a socket that takes no more, answers in any order, late, refused and senseless ones. Whatever happens, each
 * answer goes to the exchange that bears its key, and each exchange ends once.
 */
class KeyedWireRandomTest {

    private static final int ROUNDS = 300;
    private static final int STEPS = 150;

    @Test
    void eachAnswerGoesToTheExchangeOfItsKeyAndEachExchangeEndsOnce() {
        long seed = Long.getLong("weir.test.seed", System.nanoTime());
        System.out.println("KeyedWireRandomTest: seed " + seed);
        int late = 0;
        int failed = 0;
        int answered = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Round r = new Round(new Random(seed + round), "seed " + seed + " round " + round);
            r.play();
            for (Asker asker : r.askers) {
                late += asker.ask.late.size();
                failed += asker.error != null ? 1 : 0;
                answered += asker.completed ? 1 : 0;
            }
        }
        assertThat(late).as("late answers").isGreaterThan(ROUNDS);
        assertThat(failed).as("failed").isGreaterThan(ROUNDS);
        assertThat(answered).as("answered").isGreaterThan(ROUNDS);
    }

    private static final class Round {
        final Random random;
        final String name;
        final Desk desk =
                new Desk(s -> s.withLiveness(Duration.ZERO, Duration.ofSeconds(1)), 10_000, Duration.ofDays(1));
        final List<Asker> askers = new ArrayList<>();
        final List<String> answers = new ArrayList<>();

        Round(Random random, String name) {
            this.random = random;
            this.name = name;
        }

        void play() {
            try (desk) {
                for (int i = 0; i < STEPS; i++) {
                    step();
                    assertThat(desk.wire.isOpen()).as(name + " step " + i).isTrue();
                }
                desk.writable(true);
                askers.forEach(a -> a.request(1));
                hear();
                say(Integer.MAX_VALUE);
                assertThat(desk.wire.pending()).as(name).isZero();
                assertThat(desk.protocol.unexpected).as(name).isEmpty();
                askers.forEach(a -> a.check(name));
            }
        }

        private void step() {
            switch (random.nextInt(10)) {
                case 0, 1, 2 -> ask();
                case 3 -> some().request(1);
                case 4, 5 -> some().leave();
                case 6 -> hear();
                case 7 -> say(random.nextInt(6));
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
            desk.ask(asker.ask).subscribe(asker);
            if (random.nextInt(4) > 0) {
                asker.request(1);
            }
        }

        /** The server reads what has come and prepares its answers, in any order. */
        private void hear() {
            String[] kinds = {"", "", "", "!", "?"};
            desk.written().forEach(q -> answers.add(q.replace("=", "=" + kinds[random.nextInt(kinds.length)])));
            Collections.shuffle(answers, random);
        }

        private void say(int atMost) {
            List<String> now = answers.subList(0, Math.min(atMost, answers.size()));
            desk.answer(now.toArray(String[]::new));
            now.clear();
        }
    }

    private static final class Asker extends BaseSubscriber<String> {
        final Ask ask;
        final List<String> got = new ArrayList<>();
        boolean left;
        boolean completed;
        Throwable error;

        Asker(int id, Duration limit, boolean broken) {
            this.ask = new Ask(id, broken ? "broken" : "q" + id, limit);
        }

        void leave() {
            if (!completed && error == null) {
                left = true;
                cancel();
            }
        }

        @Override
        protected void hookOnSubscribe(Subscription s) {}

        @Override
        protected void hookOnNext(String value) {
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
            String where = name + " question " + ask.key();
            assertThat(ask.ends).as(where).hasValue(1);
            assertThat(ask.late)
                    .as(where)
                    .hasSizeLessThan(2)
                    .allMatch(a -> a.matches(ask.key() + "=[!?]?q" + ask.key()));
            assertThat(ask.abandoned.get()).as(where).isLessThan(2);
            assertThat(completed || error != null || left).as(where).isTrue();
            if (completed) {
                assertThat(got).as(where).containsExactly("q" + ask.key());
                assertThat(ask.late).as(where).isEmpty();
            } else {
                assertThat(got).as(where).isEmpty();
            }
            if (ask.encoded && left && error == null) {
                assertThat(ask.late).as(where).as("what it opened can be freed").hasSize(1);
            }
            if (error != null) {
                assertThat(((WeirException) error).kind())
                        .as(where)
                        .isIn(ErrorKind.TIMEOUT, ErrorKind.BAD_REQUEST, ErrorKind.SERVER, ErrorKind.PROTOCOL);
            }
        }
    }
}
