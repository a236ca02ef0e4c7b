package io.weir.core.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.Page;
import io.weir.core.page.PageRows.Release;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.tck.PublisherVerification;
import org.reactivestreams.tck.SubscriberBlackboxVerification;
import org.reactivestreams.tck.TestEnvironment;
import org.testng.ITestResult;
import org.testng.TestListenerAdapter;
import org.testng.TestNG;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;

/** The Reactive Streams TCK, run through TestNG and counted. */
class PageRowsTckTest {

    private static final TestEnvironment ENVIRONMENT = new TestEnvironment(300, 50);

    @Test
    void thePublisherKeepsTheRulesWithoutPrefetch() {
        run(WithoutPrefetch.class, 31, 7);
    }

    @Test
    void thePublisherKeepsTheRulesWithPrefetch() {
        run(WithPrefetch.class, 31, 7);
    }

    @Test
    void theSubscriberKeepsTheRules() {
        run(Consuming.class, 11, 15);
    }

    private static void run(Class<?> verification, int passed, int optional) {
        TestNG runner = new TestNG(false);
        TestListenerAdapter results = new TestListenerAdapter();
        runner.setTestClasses(new Class<?>[] {verification});
        runner.setUseDefaultListeners(false);
        runner.setVerbose(0);
        runner.addListener(results);

        runner.run();

        System.out.println("TCK " + verification.getSimpleName() + ": "
                + results.getPassedTests().size() + " passed, "
                + results.getFailedTests().size() + " failed, "
                + results.getSkippedTests().size() + " skipped");
        List<String> failures = results.getFailedTests().stream()
                .map(r -> r.getName() + ": " + r.getThrowable())
                .toList();
        assertThat(failures).isEmpty();
        assertThat(results.getPassedTests()).hasSize(passed);
        assertThat(results.getSkippedTests())
                .hasSize(optional)
                .extracting(ITestResult::getName)
                .allSatisfy(
                        name -> assertThat(name).containsAnyOf("optional", "untested", "required_spec109_may", "1"));
    }

    /** Publisher of rows; public because TestNG makes it. */
    public abstract static class Rows extends PublisherVerification<Long> {
        private final int prefetch;

        Rows(int prefetch) {
            super(ENVIRONMENT);
            this.prefetch = prefetch;
        }

        @Override
        public Publisher<Long> createPublisher(long elements) {
            FakePage.Ledger ledger = new FakePage.Ledger();
            Flux<Page> pages = Flux.generate(() -> 0L, (first, sink) -> {
                int size = (int) Math.min(3, elements - first);
                if (size == 0) {
                    sink.complete();
                } else {
                    sink.next(FakePage.counting(ledger, first, size));
                }
                return first + size;
            });
            return PageRows.of(pages, row -> row.getLong(0), prefetch, Release.EARLY);
        }

        @Override
        public Publisher<Long> createFailedPublisher() {
            Flux<Page> failed = Flux.error(new IllegalStateException("failed from the start"));
            return PageRows.of(failed, row -> row.getLong(0), prefetch, Release.EARLY);
        }
    }

    public static final class WithoutPrefetch extends Rows {
        public WithoutPrefetch() {
            super(0);
        }
    }

    public static final class WithPrefetch extends Rows {
        public WithPrefetch() {
            super(1);
        }
    }

    /** The same operator, seen from the source of the pages. */
    public static final class Consuming extends SubscriberBlackboxVerification<Page> {
        public Consuming() {
            super(ENVIRONMENT);
        }

        @Override
        public Subscriber<Page> createSubscriber() {
            return new RowsLoop<Long>(new Quiet(), row -> row.getLong(0), 1, true, false).inlet();
        }

        @Override
        public Page createElement(int element) {
            return FakePage.counting(new FakePage.Ledger(), element, 3);
        }
    }

    /** Asks for everything, and takes the errors of the TCK without logging them. */
    private static final class Quiet extends BaseSubscriber<Long> {
        @Override
        protected void hookOnError(Throwable t) {}
    }
}
