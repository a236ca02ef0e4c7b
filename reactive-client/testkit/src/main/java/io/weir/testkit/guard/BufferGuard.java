package io.weir.testkit.guard;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.time.Duration;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * Fails a test that leaves buffers behind. After each test, and after each class, the number of live buffers must come back to
 * what it was before; buffers that another thread is about to release get a few seconds. Registered for all tests.
 */
public final class BufferGuard implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Namespace OURS = Namespace.create(BufferGuard.class);

    private final Duration patience;

    public BufferGuard() {
        this(PATIENCE);
    }

    BufferGuard(Duration patience) {
        this.patience = patience;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        if (!Installed.COUNTING) {
            throw new IllegalStateException(
                    "Buffers are not counted in this JVM, so a leak would not be seen. Start it with"
                            + " -Dio.netty.customResourceLeakDetector=" + CountingLeakDetector.class.getName()
                            + " -Dio.netty.leakDetection.level=paranoid, as the build does.");
        }
        note(context);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        note(context);
    }

    @Override
    public void afterEach(ExtensionContext context) throws InterruptedException {
        check(context, "the test");
    }

    @Override
    public void afterAll(ExtensionContext context) throws InterruptedException {
        check(context, "the last test of the class");
    }

    private static void note(ExtensionContext context) {
        context.getStore(OURS).put(context.getUniqueId(), new Before(LiveBuffers.count(), LiveBuffers.mark()));
    }

    private void check(ExtensionContext context, String what) throws InterruptedException {
        Before before = context.getStore(OURS).remove(context.getUniqueId(), Before.class);
        if (before == null || LiveBuffers.awaitAtMost(before.count, patience)) {
            return;
        }
        int more = LiveBuffers.count() - before.count;
        throw new AssertionError("Leaked " + more + (more == 1 ? " buffer" : " buffers") + ": not released "
                + patience.toMillis() + " ms after " + what + " ended. " + LiveBuffers.describeSince(before.mark));
    }

    private record Before(int count, long mark) {}

    private static final class Installed {

        /** Keeps buffers for good in static fields: made now, before anything is counted. */
        private static final String HTTP_CONSTANTS = "io.netty.handler.codec.http.HttpObjectEncoder";

        static final boolean COUNTING = counting();

        private static boolean counting() {
            try {
                Class.forName(HTTP_CONSTANTS);
            } catch (ClassNotFoundException noHttpHere) {
                // Then nothing of it will be made.
            }
            long before = LiveBuffers.mark();
            ByteBuf probe = ByteBufAllocator.DEFAULT.directBuffer(1);
            boolean counted = LiveBuffers.mark() > before;
            probe.release();
            return counted;
        }
    }
}
