package io.weir.http.json;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.timeout.ReadTimeoutException;
import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import io.weir.core.WeirException.Sent;
import io.weir.core.wire.ConnectErrors;
import io.weir.core.wire.LossReport;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquirePendingLimitException;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquireTimeoutException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;

/** What can go wrong with one call, and what to check. */
final class CallErrors {

    private static final int SHOWN_CHARACTERS = 200;

    private final JsonSettings settings;
    private final Call call;

    CallErrors(JsonSettings settings, Call call) {
        this.settings = settings;
        this.call = call;
    }

    /** A status that is no success. */
    WeirException refused(int status, String body, @Nullable String location) {
        ErrorKind kind = switch (status) {
            case 400, 404, 405, 413 -> ErrorKind.BAD_REQUEST;
            case 401 -> ErrorKind.AUTH;
            case 403 -> ErrorKind.PERMISSION;
            case 408, 504 -> ErrorKind.TIMEOUT;
            case 429, 503 -> ErrorKind.OVERLOAD;
            default -> status < 400 ? ErrorKind.CONNECT : ErrorKind.SERVER;
        };
        String advice = location == null ? "" : ": it points to " + withoutQuery(location) + ", which is not followed";
        return error(kind, where() + " answered '" + call.operation() + "' with HTTP " + status + advice + said(body))
                .code(status)
                .sent(Sent.ANSWERED)
                .build();
    }

    /** No answer, or not the whole of one. */
    WeirException broken(Throwable t) {
        if (t instanceof WeirException known) {
            return known;
        }
        if (t instanceof PoolAcquirePendingLimitException) {
            return overload("and as many calls as may wait for one (" + settings.maxPending() + ") do", t);
        }
        if (t instanceof PoolAcquireTimeoutException) {
            return overload("and none was free within " + human(settings.acquireTimeout()), t);
        }
        if (t instanceof ReadTimeoutException) {
            return silent();
        }
        if (t instanceof ConnectTimeoutException
                || t instanceof ConnectException
                || t instanceof UnknownHostException
                || t instanceof SSLException) {
            return new ConnectErrors(settings.socket()).explain(call.endpoint(), t);
        }
        return error(
                        ErrorKind.CLOSED,
                        "The connection to " + call.endpoint() + " was lost before '" + call.operation()
                                + "' was answered to its end; it may have run. (" + t.getMessage() + ")")
                .sent(Sent.MAYBE)
                .cause(t)
                .build();
    }

    WeirException silent() {
        return error(
                        ErrorKind.TIMEOUT,
                        "'" + call.operation() + "': " + call.endpoint() + " was silent for "
                                + human(settings.readTimeout()) + " (readTimeout); it may still run")
                .sent(Sent.MAYBE)
                .build();
    }

    WeirException cut() {
        return protocol("ended in the middle: something on the way has cut it", null);
    }

    WeirException moreThanOne() {
        return protocol("goes on after its end", null);
    }

    WeirException notUnderstood(Throwable t, boolean ended) {
        if (t instanceof UnexpectedEndOfInputException && ended) {
            return cut();
        }
        return t instanceof JacksonException json
                ? protocol(
                        "is not JSON: " + json.getOriginalMessage() + " (at byte "
                                + json.getLocation().getByteOffset() + ")",
                        t)
                : protocol("was not understood: " + t, t);
    }

    private WeirException protocol(String what, @Nullable Throwable cause) {
        return error(ErrorKind.PROTOCOL, "The answer of " + where() + " to '" + call.operation() + "' " + what)
                .sent(Sent.ANSWERED)
                .cause(cause)
                .build();
    }

    private WeirException overload(String why, Throwable cause) {
        return error(
                        ErrorKind.OVERLOAD,
                        "'" + call.operation() + "' did not run: all " + settings.maxConnections() + " connections to "
                                + call.endpoint() + " are in use, " + why)
                .sent(Sent.NO)
                .cause(cause)
                .build();
    }

    private String where() {
        return call.endpoint() + call.shownPath();
    }

    private static String human(Duration limit) {
        return LossReport.human(limit.toNanos());
    }

    private static String said(String body) {
        String text = body.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return text.isEmpty() ? "" : ". It said: " + text.substring(0, Math.min(text.length(), SHOWN_CHARACTERS));
    }

    private static String withoutQuery(String location) {
        int query = location.indexOf('?');
        return query < 0 ? location : location.substring(0, query);
    }

    private WeirException.Builder error(ErrorKind kind, String text) {
        return WeirException.of(kind, text)
                .system(settings.socket().system())
                .endpoint(call.endpoint().toString());
    }
}
