package io.weir.tdengine.nativelib;

import com.sun.jna.Pointer;
import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import io.weir.core.WeirException.Sent;
import io.weir.tdengine.protocol.ErrorCodes;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What the library says when it refuses, and what we do. */
final class Errors {

    private Errors() {}

    /** A refusal; the text belongs to the result, or where there is none to the thread that has just called. */
    static WeirException of(Libtaos library, @Nullable Pointer result, int code) {
        return of(code, library.taos_errstr(result));
    }

    static WeirException of(int code, @Nullable String text) {
        return ErrorCodes.error(code, text == null ? "" : text);
    }

    static WeirException closed(String what) {
        return WeirException.of(ErrorKind.CLOSED, what).sent(Sent.NO).build();
    }

    static WeirException timeout(String what, Duration limit, Sent sent) {
        return WeirException.of(ErrorKind.TIMEOUT, what + " took longer than its limit of " + limit)
                .sent(sent)
                .build();
    }

    static WeirException badRequest(String what) {
        return WeirException.of(ErrorKind.BAD_REQUEST, what).sent(Sent.NO).build();
    }

    /** What a call has thrown. */
    static WeirException known(String what, Throwable error) {
        if (error instanceof WeirException weir) {
            return weir;
        }
        boolean lacking = error instanceof LinkageError;
        return WeirException.of(
                        lacking ? ErrorKind.UNSUPPORTED : ErrorKind.PROTOCOL,
                        lacking
                                ? what + " needs a newer client library of TDengine (" + error.getMessage() + ")"
                                : what + " failed: " + error)
                .sent(lacking ? Sent.NO : null)
                .cause(error)
                .build();
    }

    /** A C text ends at its first zero: what stands behind it would be lost without a word. */
    static void checkNoZero(String what, String text) {
        int at = text.indexOf('\0');
        if (at >= 0) {
            throw badRequest(what + " has a zero character at " + at
                    + ", where the vendor's library would end it: take it out, or bind the value");
        }
    }
}
