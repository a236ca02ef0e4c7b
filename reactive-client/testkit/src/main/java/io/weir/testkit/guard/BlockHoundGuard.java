package io.weir.testkit.guard;

import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import reactor.blockhound.BlockingOperationError;
import reactor.core.scheduler.NonBlocking;

/** Fails a test class when blocking calls would go unseen, because BlockHound is not at work in its JVM. Registered for all tests. */
public final class BlockHoundGuard implements BeforeAllCallback {

    private final BooleanSupplier bites;

    public BlockHoundGuard() {
        this(() -> Probe.BITES);
    }

    BlockHoundGuard(BooleanSupplier bites) {
        this.bites = bites;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        if (!bites.getAsBoolean()) {
            throw new IllegalStateException("BlockHound is not at work in this JVM, so blocking calls would go unseen: "
                    + context.getDisplayName()
                    + " may not run without it. It needs blockhound-junit-platform on the class path"
                    + " and -XX:+AllowRedefinitionToAddDeleteMethods, as the build has them.");
        }
    }

    /** Whether a call that blocks is caught on a thread that must not. Really tried, once per JVM. */
    private static final class Probe extends Thread implements NonBlocking {

        static final boolean BITES = bites();

        private volatile boolean caught;

        @Override
        public void run() {
            try {
                Thread.sleep(1);
            } catch (BlockingOperationError expected) {
                caught = true;
            } catch (InterruptedException e) {
                interrupt();
            }
        }

        private static boolean bites() {
            Probe probe = new Probe();
            probe.setDaemon(true);
            probe.start();
            try {
                probe.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return probe.caught;
        }
    }
}
