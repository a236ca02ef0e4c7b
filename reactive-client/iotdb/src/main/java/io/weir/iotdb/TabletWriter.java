package io.weir.iotdb;

import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import io.weir.core.wire.Deadline;
import io.weir.iotdb.Nodes.Node;
import io.weir.iotdb.protocol.InsertTablet;
import io.weir.iotdb.protocol.Status;
import io.weir.iotdb.session.WireSession;
import io.weir.iotdb.session.WriteAnswer;
import io.weir.iotdb.type.Dialect;
import io.weir.iotdb.type.TabletContent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
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

    /** Never fails once something was sent: what ends it early stands in the outcome. */
    static Mono<WriteOutcome<Task>> write(WireSession session, List<Task> tasks, Deadline deadline) {
        tasks.forEach(task -> check(session, task.content()));
        List<List<Task>> groups = groups(tasks, session.writes().maxRequest());
        if (groups.size() == 1) {
            return send(session, groups.get(0), deadline);
        }
        return Flux.range(0, groups.size())
                .concatMap(
                        number -> send(session, groups.get(number), deadline).map(outcome -> {
                            WeirException failure = outcome.failure();
                            return failure == null
                                    ? outcome
                                    : outcome.plus(notSent(groups.subList(number + 1, groups.size()), failure));
                        }),
                        1)
                .takeUntil(WriteOutcome::isOver)
                .reduce(WriteOutcome.of(WriteResult.NOTHING), WriteOutcome::plus);
    }

    private static WriteOutcome<Task> notSent(List<List<Task>> groups, WeirException failure) {
        return WriteOutcome.of(groups.stream()
                .flatMap(List::stream)
                .map(task -> refused(task, WriteOutcome.notSent(failure)))
                .reduce(WriteResult.NOTHING, WriteResult::plus));
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

    private static Mono<WriteOutcome<Task>> send(WireSession session, List<Task> group, Deadline deadline) {
        Mono<WriteOutcome<Task>> sent =
                group.size() == 1 ? one(session, group.get(0), deadline) : several(session, group, deadline);
        return sent.onErrorResume(
                WeirException.class,
                failure -> Mono.just(WriteOutcome.failed(
                        failure,
                        group.stream()
                                .map(task -> refused(task, failure))
                                .reduce(WriteResult.NOTHING, WriteResult::plus))));
    }

    private static Mono<WriteOutcome<Task>> one(WireSession session, Task task, Deadline deadline) {
        return session.writes()
                .insert(task.content(), task.from(), deadline)
                .map(answer -> outcome(session, task, answer))
                .reduce(WriteOutcome::plus);
    }

    private static WriteOutcome<Task> outcome(WireSession session, Task task, WriteAnswer answer) {
        WeirException failure = answer.failure();
        if (failure != null) {
            int behind = answer.first() + answer.count();
            WriteResult unwritten = refused(task, answer.first(), answer.count(), failure);
            return WriteOutcome.failed(
                    failure,
                    behind == task.content().rows()
                            ? unwritten
                            : unwritten.plus(refused(
                                    task, behind, task.content().rows() - behind, WriteOutcome.notSent(failure))));
        }
        Status status = answer.status();
        if (task.content().isTable()) {
            TableDevices.told(session, task.content(), answer.first(), answer.count(), status);
        } else {
            session.writes().told(task.content().target(), status);
        }
        if (status.isSuccess()) {
            return WriteOutcome.of(WriteResult.written(answer.count()));
        }
        WeirException error = session.located(status.toError());
        if (status.isRejection()) {
            // What comes behind the rejected part was not even sent.
            return WriteOutcome.rejected(new Task(task.content(), task.number(), answer.first()), error);
        }
        return WriteOutcome.of(refused(task, answer.first(), answer.count(), error));
    }

    private static Mono<WriteOutcome<Task>> several(WireSession session, List<Task> group, Deadline deadline) {
        return session.writes()
                .insert(group.stream().map(Task::content).toList(), deadline)
                .map(status -> {
                    WriteOutcome<Task> all = WriteOutcome.of(WriteResult.NOTHING);
                    boolean each = !status.isRejection() && status.subStatus().size() == group.size();
                    for (int i = 0; i < group.size(); i++) {
                        Task task = group.get(i);
                        Status own = each ? status.subStatus().get(i) : status;
                        all = all.plus(outcome(session, task, WriteAnswer.of(0, task.rows(), own)));
                    }
                    return all;
                });
    }

    /** What of it may be sent to the nodes of its devices. */
    static Map<Optional<Node>, Task> parts(Task task, Function<String, Optional<Node>> nodes) {
        return task.content().isTable()
                ? TableDevices.parts(task, nodes)
                : Map.of(nodes.apply(task.content().target()), task);
    }

    /** The whole task, as something that was not written. */
    static WriteResult refused(Task task, WeirException error) {
        return refused(task, task.from(), task.rows(), error);
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
