package io.weir.iotdb.session;

import io.netty.buffer.ByteBuf;
import io.weir.core.ErrorKind;
import io.weir.core.Page;
import io.weir.core.ResultPart;
import io.weir.core.WeirException;
import io.weir.iotdb.protocol.BlockLayout;
import io.weir.iotdb.protocol.CloseOperation;
import io.weir.iotdb.protocol.ExecuteStatement;
import io.weir.iotdb.protocol.Executed;
import io.weir.iotdb.protocol.FetchResults;
import io.weir.iotdb.protocol.FetchResults.Fetched;
import io.weir.iotdb.protocol.Request;
import io.weir.iotdb.protocol.SecretSql;
import io.weir.iotdb.protocol.Status;
import io.weir.iotdb.protocol.TsBlockPage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.publisher.Operators;

/**
 * One statement on its way, for one subscriber: the first call, then a fetch for each further reply.
 *
 * <p><b>Memory.</b> It holds two replies at most: the one whose pages are being handed out, and one that was fetched
 * ahead. Nothing is asked before the first demand, and never are two fetches of one cursor under way. Pages that were
 * handed out belong to the reader.
 *
 * <p><b>Time.</b> The limit covers execution and reading, by our clock. The server has a limit too, and answers past it
 * with an error or, now and then, as if the rows had ended; an empty last reply after that moment is therefore an error.
 *
 * <p><b>Cancel.</b> A statement that was not written yet never is. The first call's answer is drained, and the query that
 * it opened is closed. An open query is closed at once. Nobody waits for the answer to a close.
 */
final class Cursor implements Subscription {

    private static final Logger QUERIES = LoggerFactory.getLogger("io.weir.query");

    private static final int IDLE = 0;
    private static final int SENT = 1;
    private static final int LEFT = 2;

    private static final AtomicLongFieldUpdater<Cursor> REQUESTED =
            AtomicLongFieldUpdater.newUpdater(Cursor.class, "requested");
    private static final AtomicIntegerFieldUpdater<Cursor> STARTED =
            AtomicIntegerFieldUpdater.newUpdater(Cursor.class, "started");

    private final WireSession session;
    private final Rpc rpc;
    private final StatementSpec spec;
    private final Execute execute;

    private volatile long requested;
    /** One of IDLE, SENT and LEFT. */
    private volatile int started = IDLE;

    private volatile @Nullable CoreSubscriber<? super ResultPart> subscriber;

    // The rest belongs to the wire's event loop.
    private ArrayDeque<ResultPart> current = new ArrayDeque<>(4);
    private ArrayDeque<ResultPart> ahead = new ArrayDeque<>(4);

    private StatementIds.@Nullable Id statementId;
    private long queryId;
    private @Nullable BlockLayout layout;
    private @Nullable Fetch fetch;
    private @Nullable Disposable timer;
    private long writtenAt;
    /** Whether the first call was written and not answered. */
    private boolean executing;
    /** Whether the server holds a query for us that has more rows. */
    private boolean open;
    /** Whether all replies are here. */
    private boolean complete;

    private @Nullable Throwable failure;
    private boolean delivering;
    private boolean over;

    Cursor(WireSession session, StatementSpec spec) {
        this.session = session;
        this.rpc = session.rpc();
        this.spec = spec;
        this.execute = new Execute();
    }

    // --- the subscriber's side, any thread ------------------------------------------------------------------------

    void subscribe(CoreSubscriber<? super ResultPart> actual) {
        subscriber = actual;
        actual.onSubscribe(this);
        if (started == SENT) {
            // It was sent ahead, and may have failed before anybody listened.
            onLoop(this::drain);
        }
    }

    /** Sends the statement, before or at the first demand. */
    void start() {
        if (STARTED.compareAndSet(this, IDLE, SENT)) {
            rpc.wire().submit(execute);
        }
    }

    @Override
    public void request(long n) {
        if (n <= 0) {
            onLoop(() -> misused(n));
            return;
        }
        long before = Operators.addCap(REQUESTED, this, n);
        if (started == IDLE) {
            start();
        } else if (before == 0) {
            onLoop(this::drain);
        }
    }

    @Override
    public void cancel() {
        if (STARTED.getAndSet(this, LEFT) == SENT) {
            onLoop(this::stop);
        }
    }

    private void onLoop(Runnable task) {
        if (rpc.wire().inLoop()) {
            task.run();
            return;
        }
        try {
            rpc.wire().execute(task);
        } catch (RejectedExecutionException loopHasEnded) {
            task.run();
        }
    }

    private void misused(long n) {
        if (!over) {
            started = LEFT;
            stop();
            signalError(new IllegalArgumentException(
                    "A subscriber asked for " + n + " elements; it has to be more than zero (rule 3.9)"));
        }
    }

    // --- replies --------------------------------------------------------------------------------------------------

    private void executed(Executed reply) {
        session.databaseIs(reply.database());
        if (!reply.status().isSuccess()) {
            releaseStatementId();
            refused(reply.status());
            return;
        }
        if (!reply.hasRows()) {
            releaseStatementId();
            lastReply(reply(), null);
            return;
        }
        queryId = reply.queryId();
        layout = session.layoutOf(reply);
        ArrayDeque<ResultPart> parts = reply();
        addPages(parts, layout, reply.blocks());
        if (parts.isEmpty() && !reply.moreData()) {
            // So that the reader learns the columns of a result without rows.
            parts.add(TsBlockPage.empty(layout));
        }
        open = true;
        rowsAnswered(parts, reply.blocks().isEmpty(), reply.moreData());
        if (!over && !spec.timeout().isZero()) {
            Duration left = spec.timeout().minusNanos(elapsed());
            timer = rpc.wire().schedule(this::outOfTime, left.isNegative() ? Duration.ZERO : left);
        }
    }

    private void fetched(Fetched reply) {
        BlockLayout columns = layout;
        if (!reply.status().isSuccess() || columns == null) {
            closeQuery();
            refused(reply.status());
            return;
        }
        ArrayDeque<ResultPart> parts = reply();
        addPages(parts, columns, reply.blocks());
        rowsAnswered(parts, reply.blocks().isEmpty(), reply.moreData());
    }

    /** Where the parts of the reply that has just come belong. */
    private ArrayDeque<ResultPart> reply() {
        return current.isEmpty() && ahead.isEmpty() ? current : ahead;
    }

    private void rowsAnswered(ArrayDeque<ResultPart> parts, boolean empty, boolean more) {
        if (more) {
            session.opened(this);
            proceed();
            return;
        }
        boolean late = empty && elapsed() >= spec.serverTimeout().toNanos();
        closeQuery();
        lastReply(parts, late ? silentEnd() : null);
    }

    private void lastReply(ArrayDeque<ResultPart> parts, @Nullable WeirException error) {
        if (error != null) {
            parts.add(new ResultPart.Failure(error));
        }
        parts.add(ResultPart.End.INSTANCE);
        complete = true;
        proceed();
    }

    private void refused(Status status) {
        WeirException error = rpc.located(status.toError());
        boolean late = elapsed() >= spec.serverTimeout().toNanos();
        if (late && error.kind() != ErrorKind.TIMEOUT) {
            // The server has several ways to say that the time is over.
            error = timeout(error.getMessage() + " (after the time that the server was given)")
                    .code(error.code())
                    .build();
        }
        lastReply(reply(), error);
    }

    private void addPages(ArrayDeque<ResultPart> parts, BlockLayout columns, List<ByteBuf> blocks) {
        for (ByteBuf block : blocks) {
            parts.add(TsBlockPage.of(block, columns));
        }
    }

    private void proceed() {
        if (fetchAhead()) {
            drainLater();
        } else {
            drain();
        }
    }

    /** Requests leave between two turns of the loop: so the reader, who may work long, gets a later one. */
    private void drainLater() {
        try {
            rpc.wire().execute(this::drain);
        } catch (RejectedExecutionException loopEnds) {
            drain();
        }
    }

    private boolean fetchAhead() {
        if (!open || over || fetch != null || !ahead.isEmpty() || requested == 0) {
            return false;
        }
        fetch = new Fetch();
        rpc.wire().submit(fetch);
        return true;
    }

    // --- handing out ----------------------------------------------------------------------------------------------

    private void drain() {
        if (delivering) {
            return;
        }
        delivering = true;
        boolean asked = false;
        while (!over && !asked && subscriber != null) {
            if (failure != null) {
                finish();
                signalError(failure);
            } else if (current.isEmpty() && !ahead.isEmpty()) {
                ArrayDeque<ResultPart> emptied = current;
                current = ahead;
                ahead = emptied;
            } else if (current.isEmpty() && complete) {
                finish();
                subscriber.onComplete();
            } else if (requested == 0) {
                break;
            } else if (fetchAhead()) {
                asked = true;
            } else if (current.isEmpty()) {
                break;
            } else {
                handOut(subscriber, current.remove());
            }
        }
        delivering = false;
        if (asked) {
            drainLater();
        }
    }

    private void handOut(CoreSubscriber<? super ResultPart> to, ResultPart part) {
        if (part instanceof Page page && page.size() > 0) {
            session.rowsHandedOut(page.size());
        }
        if (requested != Long.MAX_VALUE) {
            REQUESTED.decrementAndGet(this);
        }
        to.onNext(part);
    }

    private void signalError(Throwable error) {
        CoreSubscriber<? super ResultPart> to = subscriber;
        if (to != null) {
            to.onError(error);
        }
    }

    // --- ends -----------------------------------------------------------------------------------------------------

    /** The subscriber has left. */
    private void stop() {
        if (over) {
            return;
        }
        finish();
        execute.cancel();
        endQuery();
    }

    /** An error that ends the stream. Not more than one is told. */
    private void failed(WeirException error) {
        if (over || failure != null) {
            return;
        }
        failure = error;
        discard();
        drain();
    }

    /** The connection is gone; whoever waits for an answer hears of it through his call. */
    void lost(WeirException error) {
        if (fetch == null) {
            open = false;
            failed(error);
        }
    }

    private void outOfTime() {
        if (over || failure != null) {
            return;
        }
        WeirException error = timeout("The statement and the reading of its rows took longer than its limit of "
                        + spec.timeout() + (requested == 0 ? "; the reader held back" : ""))
                .build();
        endQuery();
        failed(error);
    }

    /** Ends what is still under way on the server. */
    private void endQuery() {
        Fetch underWay = fetch;
        if (underWay != null) {
            fetch = null;
            underWay.cancel();
        }
        closeQuery();
    }

    private void closeQuery() {
        if (open) {
            open = false;
            session.closed(this);
            tellClose(queryId);
        }
        if (!executing) {
            releaseStatementId();
        }
    }

    private void tellClose(long query) {
        StatementIds.Id id = statementId;
        if (id != null && rpc.wire().isOpen()) {
            rpc.tell(new CloseOperation(session.sessionId(), id.number(), query));
        }
    }

    private void releaseStatementId() {
        StatementIds.Id id = statementId;
        if (id != null) {
            statementId = null;
            session.ids().release(id);
        }
    }

    private void finish() {
        over = true;
        if (timer != null) {
            timer.dispose();
        }
        discard();
    }

    private void discard() {
        for (ArrayDeque<ResultPart> parts : List.of(current, ahead)) {
            for (ResultPart part = parts.poll(); part != null; part = parts.poll()) {
                if (part instanceof Page page) {
                    page.close();
                }
            }
        }
    }

    private long elapsed() {
        return session.settings().nanoTime().getAsLong() - writtenAt;
    }

    private WeirException silentEnd() {
        return timeout("The rows ended after " + Duration.ofNanos(elapsed()).toSeconds()
                        + " s, when the time that the server was given for this query had passed: some may be missing")
                .build();
    }

    private WeirException.Builder timeout(String text) {
        return rpc
                .located(WeirException.of(ErrorKind.TIMEOUT, text)
                        .sent(WeirException.Sent.ANSWERED)
                        .build())
                .toBuilder();
    }

    /** The first call. */
    private final class Execute extends Call<Executed> {

        Execute() {
            super(rpc, "execute", spec.timeout());
        }

        @Override
        protected Request<Executed> request() {
            writtenAt = session.settings().nanoTime().getAsLong();
            executing = true;
            StatementIds.Id id = session.ids().take();
            statementId = id;
            if (QUERIES.isTraceEnabled()) {
                // Not at DEBUG: a driver has put its users' values into this text, and they are shown only if asked
                // for.
                QUERIES.trace("[{}] {}", rpc.wire().id(), SecretSql.mask(spec.sql()));
            }
            return new ExecuteStatement(
                    session.sessionId(),
                    id.number(),
                    spec.sql(),
                    spec.fetchSize(),
                    spec.serverTimeout().toMillis());
        }

        @Override
        protected void answered(Executed reply) {
            executing = false;
            refusedIf(reply.status());
            executed(reply);
        }

        @Override
        protected void answeredInVain(Executed reply) {
            session.databaseIs(reply.database());
            if (reply.status().isSuccess() && reply.hasRows()) {
                tellClose(reply.queryId());
            }
        }

        @Override
        protected void fail(WeirException error) {
            failed(error);
        }

        @Override
        protected boolean confidential() {
            return SecretSql.isSecret(spec.sql());
        }

        @Override
        protected void ended() {
            if (executing) {
                executing = false;
                releaseStatementId();
            }
        }
    }

    /** A further call. */
    private final class Fetch extends Call<Fetched> {

        Fetch() {
            super(rpc, "fetch", Duration.ZERO);
        }

        @Override
        protected Request<Fetched> request() {
            StatementIds.Id id = statementId;
            return new FetchResults(
                    session.sessionId(),
                    id == null ? 0 : id.number(),
                    queryId,
                    spec.fetchSize(),
                    spec.serverTimeout().toMillis());
        }

        @Override
        protected void answered(Fetched reply) {
            fetch = null;
            refusedIf(reply.status());
            fetched(reply);
        }

        @Override
        protected void fail(WeirException error) {
            fetch = null;
            closeQuery();
            failed(error);
        }
    }
}
