package io.weir.iotdb;

import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import io.weir.iotdb.protocol.InsertTablet;
import io.weir.iotdb.protocol.Status;
import io.weir.iotdb.session.WireSession;
import io.weir.iotdb.session.WriteAnswer;
import io.weir.iotdb.type.Dialect;
import io.weir.iotdb.type.TabletContent;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Sends tablets in as few requests as the server has calls for, and makes its answers into an outcome. */
final class TabletWriter {

    /**
     * A tablet, or the rest of it, that is to be written.
     *
     * @param number which one of those that were sent in one call
     * @param from its first row that is still to be written, counted as they travel
     */
    record Task(TabletContent content, int number, int from) {

        int rows() {
            return content.rows() - from;
        }
    }

    /**
     * What became of tasks.
     *
     * @param result what was written, and what was refused for good
     * @param rejected what the server was too busy for: of this it has written nothing
     * @param reason why it has rejected it
     */
    record Outcome(
            WriteResult result,
            List<Task> rejected,
            @Nullable WeirException reason) {

        static final Outcome NOTHING = new Outcome(WriteResult.NOTHING, List.of(), null);

        Outcome plus(Outcome other) {
            List<Task> both = new ArrayList<>(rejected);
            both.addAll(other.rejected);
            return new Outcome(result.plus(other.result), both, reason == null ? other.reason : reason);
        }

        /** Where nobody tries again: what was rejected is refused. */
        WriteResult asResult() {
            WriteResult all = result;
            for (Task task : rejected) {
                all = all.plus(refused(task, task.from(), task.rows(), Objects.requireNonNull(reason)));
            }
            return all;
        }
    }

    private TabletWriter() {}

    /** Tasks for tablets as they are. */
    static List<Task> tasks(List<TabletContent> contents) {
        List<Task> tasks = new ArrayList<>(contents.size());
        for (int i = 0; i < contents.size(); i++) {
            if (contents.get(i).rows() > 0) {
                tasks.add(new Task(contents.get(i), i, 0));
            }
        }
        return tasks;
    }

    static Mono<Outcome> write(WireSession session, List<Task> tasks) {
        tasks.forEach(task -> check(session, task.content()));
        return Flux.fromIterable(groups(tasks, session.maxRequest()))
                .concatMap(group -> group.size() == 1 ? one(session, group.get(0)) : several(session, group), 1)
                .reduce(Outcome.NOTHING, Outcome::plus);
    }

    /** Neighbours that can share a request: tablets of devices, all aligned or none, together not too long. */
    private static List<List<Task>> groups(List<Task> tasks, int mostBytes) {
        List<List<Task>> groups = new ArrayList<>();
        long length = 0;
        for (Task task : tasks) {
            long own = InsertTablet.frameLength(task.content());
            length += own;
            List<Task> last = groups.isEmpty() ? null : groups.get(groups.size() - 1);
            if (last != null && mayShare(last.get(0), task) && length <= mostBytes) {
                last.add(task);
            } else {
                groups.add(new ArrayList<>(List.of(task)));
                length = own;
            }
        }
        return groups;
    }

    private static boolean mayShare(Task first, Task next) {
        return !first.content().isTable()
                && !next.content().isTable()
                && first.content().isAligned() == next.content().isAligned()
                && first.from() == 0
                && next.from() == 0;
    }

    private static Mono<Outcome> one(WireSession session, Task task) {
        return session.insert(task.content(), task.from())
                .map(answer -> outcome(session, task, answer))
                .reduce(Outcome.NOTHING, Outcome::plus);
    }

    private static Outcome outcome(WireSession session, Task task, WriteAnswer answer) {
        Status status = answer.status();
        if (status.isSuccess()) {
            return new Outcome(WriteResult.written(answer.count()), List.of(), null);
        }
        WeirException error = session.located(status.toError());
        if (status.isRejection()) {
            // What comes behind the rejected part was not even sent.
            return new Outcome(
                    WriteResult.NOTHING, List.of(new Task(task.content(), task.number(), answer.first())), error);
        }
        return new Outcome(refused(task, answer.first(), answer.count(), error), List.of(), null);
    }

    private static Mono<Outcome> several(WireSession session, List<Task> group) {
        return session.insert(group.stream().map(Task::content).toList()).map(status -> {
            Outcome all = Outcome.NOTHING;
            boolean each = !status.isRejection() && status.subStatus().size() == group.size();
            for (int i = 0; i < group.size(); i++) {
                Task task = group.get(i);
                Status own = status.isSuccess() || !each
                        ? status
                        : status.subStatus().get(i);
                all = all.plus(outcome(session, task, new WriteAnswer(0, task.rows(), own)));
            }
            return all;
        });
    }

    private static WriteResult refused(Task task, int first, int rows, WeirException error) {
        return WriteResult.refused(new WriteResult.Refusal(
                task.content().target(), task.number(), task.content().row(first), rows, error));
    }

    private static void check(WireSession session, TabletContent content) {
        Dialect needed = content.isTable() ? Dialect.TABLE : Dialect.TREE;
        if (session.dialect() != needed) {
            throw refusal("The tablet of " + content.target() + " is one of a "
                    + (content.isTable() ? "table" : "device") + ", and the session speaks "
                    + session.dialect().wireName() + ": it needs the option sqlDialect=" + needed.wireName());
        }
        if (content.momentsIn() != null
                && content.momentsIn() != session.server().precision()) {
            throw refusal("The tablet of " + content.target() + " counts its moments in "
                    + content.momentsIn().wireName() + ", and the server in "
                    + session.server().precision().wireName() + ": build the tablet with precision("
                    + session.server().precision() + ")");
        }
    }

    private static WeirException refusal(String text) {
        return WeirException.of(ErrorKind.BAD_REQUEST, text)
                .system("iotdb")
                .sent(WeirException.Sent.NO)
                .build();
    }
}
