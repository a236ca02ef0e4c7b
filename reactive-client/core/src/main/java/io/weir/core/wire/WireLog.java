package io.weir.core.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Frames as hexadecimal text, at TRACE. */
final class WireLog {

    static final Logger LOG = LoggerFactory.getLogger("io.weir.wire");

    private static final int SHOWN_BYTES = 2048;

    private WireLog() {}

    static void out(Wire wire, Exchange exchange, ByteBuf bytes, int start) {
        if (LOG.isTraceEnabled()) {
            LOG.trace("[{}] > {}", wire.id(), text(exchange, bytes, start, bytes.writerIndex() - start));
        }
    }

    static void in(Wire wire, Exchange exchange, ByteBuf frame) {
        if (LOG.isTraceEnabled()) {
            LOG.trace("[{}] < {}", wire.id(), text(exchange, frame, frame.readerIndex(), frame.readableBytes()));
        }
    }

    static String text(Exchange exchange, ByteBuf bytes, int start, int length) {
        String head = exchange.operation() + " " + length + " bytes: ";
        if (exchange.confidential()) {
            return head + "(confidential)";
        }
        String hex = ByteBufUtil.hexDump(bytes, start, Math.min(length, SHOWN_BYTES));
        return length <= SHOWN_BYTES ? head + hex : head + hex + "… and " + (length - SHOWN_BYTES) + " more";
    }
}
