package io.weir.tdengine.protocol;

import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The server's error codes, as data: what each means to the caller. They are the low sixteen bits of the database's own
 * codes; the last three belong to the adapter in front of it.
 */
public final class ErrorCodes {

    /** The adapter's own refusal: a message that it does not understand, an id that it does not know. */
    public static final int ADAPTER = 0xffff;

    /** Too many requests at once: try again later. */
    public static final int LIMITED = 0xfffe;

    /** The server is set to refuse such statements: trying again changes nothing. */
    public static final int REJECTED = 0xfffd;

    private static final TreeMap<Integer, Range> TABLE = new TreeMap<>();

    private record Range(int last, ErrorKind kind) {}

    /**
     * Codes in a row that mean the same to the caller.
     *
     * @param first the lowest
     * @param last the highest
     */
    public record Meaning(int first, int last, ErrorKind kind) {}

    static {
        // Codes and ranges of codes in hexadecimal. What is not here is a fault of the server's own.
        Map<ErrorKind, String> table = Map.of(
                // No network, broken connections, nodes and services that are out of service, time-outs between them.
                ErrorKind.CLOSED,
                "000b 0018 0020-0021 020b",
                ErrorKind.TIMEOUT,
                "0019 022d",
                // Sessions exhausted, "try again", memory, the limiter.
                ErrorKind.OVERLOAD,
                "0022 0102 0125 0396 fffe",
                // Parameters, the client library's own checks, databases and tables that are not there or there
                // already,
                // syntax and meaning, time zones, functions, schemaless lines, topics.
                ErrorKind.BAD_REQUEST,
                "0015 0118-0119 0216 0219 022a 0380-0381 0386 0388 03f0-03f1 0600 0603 0618 0901 2600-2617 2619-2652 2654-26ff 2700-27ff"
                        + " 2800-28ff 2900-29ff 3000-30ff 4000-40ff fffd",
                // Unknown user, wrong password, tokens, locked users.
                ErrorKind.AUTH,
                "0350-0351 0355-0357",
                ErrorKind.PERMISSION,
                "0303 0352-0354",
                // Values out of range, and texts that are too long.
                ErrorKind.CONSTRAINT,
                "021b 0224 060b 2653",
                ErrorKind.UNSUPPORTED,
                "0100");
        table.forEach((kind, codes) -> {
            for (String range : codes.split(" ", -1)) {
                int dash = range.indexOf('-');
                int first = Integer.parseInt(dash < 0 ? range : range.substring(0, dash), 16);
                int last = Integer.parseInt(range.substring(dash + 1), 16);
                Map.Entry<Integer, Range> below = TABLE.floorEntry(last);
                if (below != null && below.getValue().last() >= first) {
                    throw new IllegalStateException("Code " + range + " stands twice in the table");
                }
                TABLE.put(first, new Range(last, kind));
            }
        });
    }

    private ErrorCodes() {}

    /** All that are known, in their order. */
    public static List<Meaning> all() {
        return TABLE.entrySet().stream()
                .map(entry -> new Meaning(
                        entry.getKey(),
                        entry.getValue().last(),
                        entry.getValue().kind()))
                .toList();
    }

    /** What kind of error a code stands for. */
    public static ErrorKind kindOf(int code) {
        int low = code & 0xffff;
        Map.Entry<Integer, Range> found = TABLE.floorEntry(low);
        return found != null && low <= found.getValue().last()
                ? found.getValue().kind()
                : ErrorKind.SERVER;
    }

    /** The server's refusal as an error. */
    public static WeirException error(int code, String message) {
        int low = code & 0xffff;
        String text = message.isEmpty() ? "The server refused, without a reason" : message;
        String advice = switch (low) {
            case LIMITED ->
                "; the server limits how much runs at once: try again later, and read or cancel results that are open,"
                        + " for each of them counts";
            case REJECTED -> "; the server is set to reject such statements, trying again changes nothing";
            default -> "";
        };
        return WeirException.of(
                        kindOf(low), text + " (code 0x" + String.format(Locale.ROOT, "%04x", low) + ")" + advice)
                .system("tdengine")
                .code(low)
                .sent(WeirException.Sent.ANSWERED)
                .build();
    }
}
