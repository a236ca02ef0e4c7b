package io.weir.core.wire;

import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import io.weir.core.WeirException.Sent;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The texts of what goes wrong on a wire: what was lost, where, whether it may have run, and what to look at. */
final class LossReport {

    /** Silence beyond this suggests that something on the way has forgotten the connection. */
    private static final long LONG_SILENCE = Duration.ofSeconds(50).toNanos();

    private LossReport() {}

    static WeirException lost(
            FifoWire wire,
            @Nullable Exchange exchange,
            @Nullable Sent sent,
            boolean asked,
            @Nullable Throwable cause,
            long sinceOut,
            long sinceIn) {
        StringBuilder text = new StringBuilder("The connection to ").append(wire.endpoint());
        text.append(asked ? " was closed by this side" : " was lost");
        if (exchange != null) {
            text.append(" before '").append(exchange.operation()).append("' was answered");
            text.append(
                    sent == Sent.NO
                            ? "; the request had not been written, so it did not run"
                            : "; the request had been written, so it may have run");
        }
        text.append('.');
        if (cause instanceof WeirException reason) {
            text.append(" Why: ").append(reason.getMessage());
        } else if (!asked) {
            text.append(" Last byte out ").append(ago(sinceOut)).append(", in ").append(ago(sinceIn));
            text.append(
                    Math.min(sinceOut, sinceIn) > LONG_SILENCE
                            ? ": an idle limit of the server, a firewall or a proxy on the way is likely."
                            : ": the server or the network ended it just now, see the server's log.");
            if (cause != null) {
                text.append(" (")
                        .append(cause.getMessage() == null ? cause.toString() : cause.getMessage())
                        .append(')');
            }
        }
        return wire.locate(WeirException.of(ErrorKind.CLOSED, text.toString()))
                .sent(sent)
                .cause(cause)
                .build();
    }

    static WeirException timeout(FifoWire wire, Exchange exchange, Sent sent) {
        String text = "'" + exchange.operation() + "' was not finished within its limit of "
                + human(exchange.limit().toNanos())
                + (sent == Sent.NO
                        ? "; the request had not been written, so it did not run"
                        : "; the request had been written, so it may still run. Either the server is slow,"
                                + " or the subscriber did not take what came");
        return wire.locate(WeirException.of(ErrorKind.TIMEOUT, text)).sent(sent).build();
    }

    static WeirException drainLimit(FifoWire wire, Exchange exchange) {
        String text =
                "The answer to '" + exchange.operation() + "', which nobody waits for any longer, did not end within "
                        + human(wire.settings().drainLimit().toNanos()) + " and kept others waiting: the connection to "
                        + wire.endpoint() + " was given up";
        return wire.locate(WeirException.of(ErrorKind.CLOSED, text)).build();
    }

    static WeirException unasked(FifoWire wire, int bytes) {
        String text = wire.endpoint() + " sent a frame of " + bytes + " bytes that nobody had asked for";
        return wire.locate(WeirException.of(ErrorKind.PROTOCOL, text)).build();
    }

    static WeirException notUnderstood(FifoWire wire, @Nullable Exchange exchange, Throwable t) {
        if (t instanceof WeirException known && known.kind() == ErrorKind.PROTOCOL) {
            return wire.locate(known.toBuilder()).sent(Sent.ANSWERED).build();
        }
        String what = exchange == null ? "" : " to '" + exchange.operation() + "'";
        String why = t instanceof BadFrame ? String.valueOf(t.getMessage()) : t.toString();
        return wire.locate(WeirException.of(
                        ErrorKind.PROTOCOL, "The answer of " + wire.endpoint() + what + " was not understood. " + why))
                .cause(t instanceof BadFrame ? null : t)
                .sent(exchange == null ? null : Sent.ANSWERED)
                .build();
    }

    private static String ago(long nanos) {
        return human(nanos) + " ago";
    }

    static String human(long nanos) {
        long ms = nanos / 1_000_000;
        if (ms < 10_000) {
            return ms + " ms";
        }
        long s = ms / 1000;
        return s < 600 ? s + " s" : s / 60 + " min";
    }
}
