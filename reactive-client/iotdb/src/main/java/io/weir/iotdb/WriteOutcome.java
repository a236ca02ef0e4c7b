package io.weir.iotdb;

import io.weir.core.WeirException;
import io.weir.core.WeirException.Sent;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * What became of one call that writes, which may have made several requests.
 *
 * @param <T> what is sent again where the server was too busy: tasks of tablets, rows
 * @param result what was written; what was refused for good, may have been lost, or was not sent any more
 * @param rejected what the server was too busy for
 * @param reason why it has rejected it
 * @param failure what ended the call early, such as a lost connection; the rows that it leaves unwritten stand in the result
 */
record WriteOutcome<T>(
        WriteResult result,
        List<T> rejected,
        @Nullable WeirException reason,
        @Nullable WeirException failure) {

    static <T> WriteOutcome<T> of(WriteResult result) {
        return new WriteOutcome<>(result, List.of(), null, null);
    }

    static <T> WriteOutcome<T> rejected(T what, WeirException reason) {
        return new WriteOutcome<>(WriteResult.NOTHING, List.of(what), reason, null);
    }

    /** @param unwritten the rows that were under way, and those behind them */
    static <T> WriteOutcome<T> failed(WeirException failure, WriteResult unwritten) {
        return new WriteOutcome<>(unwritten, List.of(), null, failure);
    }

    boolean isOver() {
        return failure != null;
    }

    /** The same, ended by something that kept what was rejected from being sent again. */
    WriteOutcome<T> endedBy(WeirException error) {
        return new WriteOutcome<>(result, rejected, reason, error);
    }

    WriteOutcome<T> withoutRejected() {
        return new WriteOutcome<>(result, List.of(), null, failure);
    }

    WriteOutcome<T> plus(WriteOutcome<T> other) {
        List<T> both = new ArrayList<>(rejected);
        both.addAll(other.rejected);
        return new WriteOutcome<>(
                result.plus(other.result),
                both,
                reason == null ? other.reason : reason,
                failure == null ? other.failure : failure);
    }

    /** Where nobody tries again: what was rejected is refused. */
    WriteResult result(BiFunction<T, WeirException, WriteResult> refused) {
        WriteResult all = result;
        for (T one : rejected) {
            all = all.plus(refused.apply(one, Objects.requireNonNull(reason)));
        }
        return all;
    }

    /** Says of rows behind a failure that they are surely not written. */
    static WeirException notSent(WeirException failure) {
        return failure.toBuilder()
                .message("not sent, because of what happened to those before")
                .sent(Sent.NO)
                .build();
    }
}
