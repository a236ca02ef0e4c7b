package io.weir.core.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Frames as hexadecimal text, at TRACE. */
public final class WireLog {

    /** {@code io.weir.wire}. */
    public static final Logger LOG = LoggerFactory.getLogger("io.weir.wire");

    private static final int SHOWN_BYTES = 2048;

    private WireLog() {}

    /** Written: so many bytes from {@code start} on. */
    public static void out(Wire wire, String operation, boolean confidential, ByteBuf bytes, int start, int length) {
        if (LOG.isTraceEnabled()) {
            LOG.trace("[{}] > {}", wire.id(), text(operation, confidential, bytes, start, length));
        }
    }

    /** Read: so many bytes from {@code start} on. */
    public static void in(Wire wire, String operation, boolean confidential, ByteBuf bytes, int start, int length) {
        if (LOG.isTraceEnabled()) {
            LOG.trace("[{}] < {}", wire.id(), text(operation, confidential, bytes, start, length));
        }
    }

    /** The same for an exchange, which is asked only now whether it is confidential: some look for secrets in their text. */
    static void out(Wire wire, Exchange exchange, ByteBuf bytes, int start, int length) {
        if (LOG.isTraceEnabled()) {
            out(wire, exchange.operation(), exchange.confidential(), bytes, start, length);
        }
    }

    static void in(Wire wire, Exchange exchange, ByteBuf bytes, int start, int length) {
        if (LOG.isTraceEnabled()) {
            in(wire, exchange.operation(), exchange.confidential(), bytes, start, length);
        }
    }

    static String text(String operation, boolean confidential, ByteBuf bytes, int start, int length) {
        String head = operation + " " + length + " bytes: ";
        if (confidential) {
            return head + "(confidential)";
        }
        String hex = ByteBufUtil.hexDump(bytes, start, Math.min(length, SHOWN_BYTES));
        return length <= SHOWN_BYTES ? head + hex : head + hex + "… and " + (length - SHOWN_BYTES) + " more";
    }
}
