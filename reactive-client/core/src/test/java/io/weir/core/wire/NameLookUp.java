package io.weir.core.wire;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * Netty's name look-up draws its first random numbers from the operating system, on the event loop and once per server: a
 * read that does not wait.
 */
public final class NameLookUp implements BlockHoundIntegration {

    @Override
    public void applyTo(BlockHound.Builder builder) {
        builder.allowBlockingCallsInside("io.netty.resolver.dns.DnsQueryIdSpace$DnsQueryIdRange", "pushId");
    }
}
