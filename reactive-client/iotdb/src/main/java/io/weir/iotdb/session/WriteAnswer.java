package io.weir.iotdb.session;

import io.weir.core.WeirException;
import io.weir.iotdb.protocol.Status;
import org.jspecify.annotations.Nullable;

/**
 * What became of one request that writes.
 *
 * @param first the first of the rows (or tablets, or records) that the request was about
 * @param count how many it was about
 * @param status what the server said
 * @param failure why the server said nothing, such as a lost connection; null if it answered
 */
public record WriteAnswer(
        int first, int count, Status status, @Nullable WeirException failure) {

    public static WriteAnswer of(int first, int count, Status status) {
        return new WriteAnswer(first, count, status, null);
    }

    static WriteAnswer none(int first, int count, WeirException failure) {
        return new WriteAnswer(first, count, Status.MISSING, failure);
    }

    /** Whether nothing is to be sent behind it. */
    boolean isLast() {
        return failure != null || status.isRejection();
    }
}
