package io.weir.testkit.guard;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * Lets the JDK fetch random numbers, which TLS needs on event loops: on Linux it reads them from a file that never makes
 * anybody wait, and that looks like reading any file.
 */
public final class SystemChance implements BlockHoundIntegration {

    @Override
    public void applyTo(BlockHound.Builder builder) {
        builder.allowBlockingCallsInside("java.security.SecureRandom", "nextBytes");
    }
}
