package io.weir.iotdb.protocol;

import io.weir.core.ErrorKind;
import java.util.HashMap;
import java.util.Map;

/** The server's status codes, as data: what each means to the caller. */
public final class StatusCodes {

    public static final int SUCCESS = 200;
    /** A success, with the advice to ask another node next time. */
    public static final int REDIRECTION_RECOMMENDED = 400;
    /** Several parts of one request ended differently; each has a sub-status. */
    public static final int MULTIPLE = 302;

    /** Writes come too fast: the server has not begun with this one. */
    public static final int WRITE_REJECTED = 606;

    /** Codes and ranges of codes. What is not here is a fault of the server's own. */
    private static final Map<ErrorKind, String> TABLE = Map.of(
            // Protocol version, dialect, parameters, USE without a database; databases, series, paths, templates,
            // tables
            // and columns that are missing, exist already or have another type; data older than its time to live;
            // syntax, meaning, time zones; a query that is no more; numbers and dates out of range; users and roles
            // that
            // exist already or do not; functions, triggers, continuous queries, models, plug-ins, topics by wrong
            // names.
            ErrorKind.BAD_REQUEST,
            "201 205 303 401 500-501 503-516 519 522 524-525 527-599 607 609 612-616 700-703 707 714 750-759"
                    + " 805-810 813-814 816 1200 1204-1205 1300-1301 1400-1402 1500-1502 1505 1600-1601 1702 1806"
                    + " 2000-2002 2005",
            // Wrong password, no login, unknown user, locked user.
            ErrorKind.AUTH,
            "801-802 804 822",
            ErrorKind.PERMISSION,
            "803 811 817",
            // A limit of time on the way between nodes, of a statement, of the planner.
            ErrorKind.TIMEOUT,
            "712 720 819",
            // More series or databases than allowed, writes that come too fast, a full disk, memory, too many queries,
            // files that can not be loaded now, quotas.
            ErrorKind.OVERLOAD,
            "502 526 606 611 709 717 719 1110 1700-1701 1703-1708",
            ErrorKind.UNSUPPORTED,
            "300 704",
            // The same task is running already.
            ErrorKind.CONFLICT,
            "304");

    private static final Map<Integer, ErrorKind> BY_CODE = new HashMap<>();

    static {
        TABLE.forEach((kind, codes) -> {
            for (String range : codes.split(" ", -1)) {
                int dash = range.indexOf('-');
                int first = Integer.parseInt(dash < 0 ? range : range.substring(0, dash));
                int last = Integer.parseInt(range.substring(dash + 1));
                for (int code = first; code <= last; code++) {
                    if (BY_CODE.put(code, kind) != null) {
                        throw new IllegalStateException("Status " + code + " stands twice in the table");
                    }
                }
            }
        });
    }

    private StatusCodes() {}

    /** What kind of error a code stands for. */
    public static ErrorKind kindOf(int code) {
        return BY_CODE.getOrDefault(code, ErrorKind.SERVER);
    }
}
