package io.weir.iotdb.chaos;

import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import io.weir.core.WeirException.Sent;
import io.weir.iotdb.chaos.Write.Fate;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Whether each failed call says what a caller has to know: that it is one of the errors which a dying server or a broken
 * line can cause, and whether the request may have had an effect.
 */
final class Explanations {

    private static final int SHOWN = 20;
    private static final Set<ErrorKind> POSSIBLE =
            EnumSet.of(ErrorKind.CLOSED, ErrorKind.CONNECT, ErrorKind.TIMEOUT, ErrorKind.OVERLOAD);

    private final Map<String, LongAdder> counts = new ConcurrentSkipListMap<>();
    private final ConcurrentLinkedQueue<String> unexplained = new ConcurrentLinkedQueue<>();

    /** Takes an error, and tells what became of the rows of the call. */
    Fate of(String call, Throwable error) {
        if (!(error instanceof WeirException failure)
                || failure.sent() == null
                || !(POSSIBLE.contains(failure.kind()) || startsAgain(failure))) {
            unexplained.add(call + ": " + error);
            return Fate.MAYBE;
        }
        String kind = failure.kind() + (failure.code() == 0 ? "" : " (status " + failure.code() + ")") + ", "
                + words(failure.sent());
        counts.computeIfAbsent(kind, key -> new LongAdder()).increment();
        return failure.sent() == Sent.MAYBE ? Fate.MAYBE : Fate.NOT_WRITTEN;
    }

    /** A server that has just begun to listen refuses by name what it can not do yet. */
    private static boolean startsAgain(WeirException failure) {
        return failure.kind() == ErrorKind.SERVER && failure.sent() == Sent.ANSWERED && failure.code() != 0;
    }

    private static String words(Sent sent) {
        return switch (sent) {
            case NO -> "not sent";
            case MAYBE -> "may have run";
            case ANSWERED -> "refused by the server";
        };
    }

    /** Something that must never happen. */
    void unexplained(String what) {
        unexplained.add(what);
    }

    List<String> unexplained() {
        return unexplained.stream().limit(SHOWN).toList();
    }

    /** How many calls failed, by what they said. */
    Map<String, LongAdder> counts() {
        return counts;
    }

    long failures() {
        return counts.values().stream().mapToLong(LongAdder::sum).sum();
    }
}
