package io.weir.core.wire;

import io.weir.core.Endpoint;
import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import io.weir.core.WeirException.Sent;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The texts of what goes wrong on a wire: what was lost, where, whether it may have run, and what to look at. */
public final class LossReport {

    /** Silence beyond this suggests that something on the way has forgotten the connection. */
    private static final long LONG_SILENCE = Duration.ofSeconds(50).toNanos();

    private final String system;
    private final Endpoint endpoint;
    private final String connection;

    /** @param connection the wire's id */
    public LossReport(String system, Endpoint endpoint, String connection) {
        this.system = system;
        this.endpoint = endpoint;
        this.connection = connection;
    }

    /** Puts system, place and id into an error. */
    public WeirException.Builder locate(WeirException.Builder error) {
        return error.system(system).endpoint(endpoint.toString()).connection(connection);
    }

    private WeirException.Builder located(ErrorKind kind, String text) {
        return locate(WeirException.of(kind, text));
    }

    /**
     * The wire has ended.
     *
     * @param operation what was under way; null: the error is that of the wire as a whole
     * @param asked whether this side wanted it
     * @param sinceOut nanoseconds since the last byte went out; {@code sinceIn} since one came in
     */
    public WeirException lost(
            @Nullable String operation,
            @Nullable Sent sent,
            boolean asked,
            @Nullable Throwable cause,
            long sinceOut,
            long sinceIn) {
        StringBuilder text = new StringBuilder("The connection to ").append(endpoint);
        text.append(asked ? " was closed by this side" : " was lost");
        if (operation != null) {
            text.append(" before '").append(operation).append("' was answered");
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
        return located(ErrorKind.CLOSED, text.toString())
                .sent(sent)
                .cause(cause)
                .build();
    }

    /** The limit of a request has passed. */
    public WeirException timeout(String operation, Duration limit, Sent sent) {
        String text = "'" + operation + "' was not finished within its limit of "
                + human(limit.toNanos())
                + (sent == Sent.NO
                        ? "; the request had not been written, so it did not run"
                        : "; the request had been written, so it may still run. Either the server is slow,"
                                + " or the subscriber did not take what came");
        return located(ErrorKind.TIMEOUT, text).sent(sent).build();
    }

    WeirException drainLimit(String operation, Duration limit) {
        String text = "The answer to '" + operation + "', which nobody waits for any longer, did not end within "
                + human(limit.toNanos()) + " and kept others waiting: the connection to "
                + endpoint + " was given up";
        return located(ErrorKind.CLOSED, text).build();
    }

    /** A frame came that answers nothing. */
    public WeirException unasked(int bytes) {
        String text = endpoint + " sent a frame of " + bytes + " bytes that nobody had asked for";
        return located(ErrorKind.PROTOCOL, text).build();
    }

    /** What came makes no sense; null: it could not even be said what it answers. */
    public WeirException notUnderstood(@Nullable String operation, Throwable t) {
        if (t instanceof WeirException known && known.kind() == ErrorKind.PROTOCOL) {
            return locate(known.toBuilder()).sent(Sent.ANSWERED).build();
        }
        String what = operation == null ? "" : " to '" + operation + "'";
        String why = t instanceof BadFrame ? String.valueOf(t.getMessage()) : t.toString();
        return located(ErrorKind.PROTOCOL, "The answer of " + endpoint + what + " was not understood. " + why)
                .cause(t instanceof BadFrame ? null : t)
                .sent(operation == null ? null : Sent.ANSWERED)
                .build();
    }

    /** The request could not even be encoded. */
    public WeirException notEncoded(String operation, Throwable t) {
        if (t instanceof WeirException known) {
            return locate(known.toBuilder()).sent(Sent.NO).build();
        }
        return located(ErrorKind.BAD_REQUEST, "The request '" + operation + "' could not be written: " + t)
                .cause(t)
                .sent(Sent.NO)
                .build();
    }

    private static String ago(long nanos) {
        return human(nanos) + " ago";
    }

    /** A duration as people say it. */
    public static String human(long nanos) {
        long ms = nanos / 1_000_000;
        if (ms < 10_000) {
            return ms + " ms";
        }
        long s = ms / 1000;
        return s < 600 ? s + " s" : s / 60 + " min";
    }
}
