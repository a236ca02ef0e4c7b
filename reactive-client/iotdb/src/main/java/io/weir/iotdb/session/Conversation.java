package io.weir.iotdb.session;

import io.netty.buffer.ByteBuf;
import io.weir.core.ResultPart;
import io.weir.core.WeirException;
import io.weir.core.wire.Replies;
import io.weir.iotdb.protocol.BlockLayout;
import io.weir.iotdb.protocol.Executed;
import io.weir.iotdb.protocol.FetchResults;
import io.weir.iotdb.protocol.FetchResults.Fetched;
import io.weir.iotdb.protocol.QueryHead;
import io.weir.iotdb.protocol.Request;
import io.weir.iotdb.protocol.Status;
import io.weir.iotdb.protocol.TsBlockPage;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a cursor says to the server: the first call, a fetch for each further reply, a close. It knows what the server holds
 * for the cursor (a statement id, an open query) and sees to it that this is given back in every ending. Confined to the
 * wire's loop, but for {@link #start}.
 */
final class Conversation {

    private static final Logger QUERIES = LoggerFactory.getLogger("io.weir.query");

    private final Cursor cursor;
    private final WireSession session;
    private final Rpc rpc;
    private final StatementSpec spec;
    private final Replies replies;
    private final StatementTime time;
    private final OpenQuery query;
    private final FirstCall firstCall;

    private @Nullable BlockLayout layout;
    private @Nullable Fetch fetch;
    /** Whether the first call was written and not answered. */
    private boolean executing;

    Conversation(Cursor cursor, WireSession session, StatementSpec spec) {
        this.cursor = cursor;
        this.session = session;
        this.rpc = session.rpc();
        this.spec = spec;
        this.replies = cursor.replies();
        this.time = new StatementTime(session, spec);
        this.query = new OpenQuery(session);
        this.firstCall = new FirstCall();
    }

    /** Sends the first call; on any thread. */
    void start() {
        rpc.wire().submit(firstCall);
    }

    /** Asks for the next rows, if there are some and they are not on their way already. */
    boolean fetch() {
        if (!query.isOpen() || fetch != null) {
            return false;
        }
        fetch = new Fetch();
        rpc.wire().submit(fetch);
        return true;
    }

    /**
     * The subscriber has left. A statement that was not written yet never is. The first call's answer is drained, and the
     * query that it opened is closed. An open query is closed at once, and nobody waits for the answer to that.
     */
    void stop() {
        firstCall.cancel();
        endQuery();
    }

    /** The subscriber has all that he gets. */
    void end() {
        time.end();
    }

    /** The connection is gone; who waits for an answer hears of it through his call. */
    void lost(WeirException error) {
        if (fetch == null) {
            query.ended();
            cursor.failed(error);
        }
    }

    private void outOfTime() {
        if (cursor.isOver()) {
            return;
        }
        WeirException error = time.over(cursor.holdsBack());
        endQuery();
        cursor.failed(error);
    }

    // --- replies --------------------------------------------------------------------------------------------------

    private void executed(Executed reply) {
        session.databaseIs(reply.database());
        replies.begin();
        if (!reply.status().isSuccess()) {
            query.release();
            refused(reply.status());
            return;
        }
        if (!reply.hasRows()) {
            query.release();
            lastReply(null);
            return;
        }
        BlockLayout columns = session.layoutOf(reply);
        layout = columns;
        addPages(reply.blocks(), columns);
        if (reply.blocks().isEmpty() && !reply.moreData()) {
            // So that the reader learns the columns of a result without rows.
            replies.add(TsBlockPage.empty(columns));
        }
        if (reply.moreData()) {
            query.opened(reply.queryId());
        }
        rowsAnswered(reply.moreData());
        if (!cursor.isOver()) {
            time.alarm(this::outOfTime);
        }
    }

    private void fetched(Fetched reply) {
        BlockLayout columns = layout;
        replies.begin();
        if (!reply.status().isSuccess() || columns == null) {
            closeQuery();
            refused(reply.status());
            return;
        }
        addPages(reply.blocks(), columns);
        rowsAnswered(reply.moreData());
    }

    private void addPages(List<ByteBuf> blocks, BlockLayout columns) {
        for (ByteBuf block : blocks) {
            replies.add(TsBlockPage.of(block, columns));
        }
    }

    private void rowsAnswered(boolean more) {
        if (more) {
            session.cursors().opened(cursor);
            cursor.proceed();
            return;
        }
        // With rows or without: a query that the server ends half-way may hand out what it had so far as if that were
        // all.
        boolean late = time.isPastTheServers();
        queryEnded();
        lastReply(late ? time.silentEnd() : null);
    }

    private void refused(Status status) {
        lastReply(time.refusal(rpc.located(status.toError())));
    }

    private void lastReply(@Nullable WeirException error) {
        if (error != null) {
            replies.add(new ResultPart.Failure(error));
        }
        replies.add(ResultPart.End.INSTANCE);
        cursor.complete();
    }

    // --- what the server holds ------------------------------------------------------------------------------------

    /** Ends what is still under way on the server. */
    private void endQuery() {
        Fetch underWay = fetch;
        if (underWay != null) {
            fetch = null;
            underWay.cancel();
        }
        closeQuery();
    }

    /**
     * All rows have been handed out, and with the last of them the server has let go of the query: closing it would double
     * the calls of a small one. What the server still remembers of it goes with the statement id.
     */
    private void queryEnded() {
        query.ended();
        session.cursors().closed(cursor);
        query.release();
    }

    private void closeQuery() {
        if (query.close()) {
            session.cursors().closed(cursor);
        }
        if (!executing) {
            query.release();
        }
    }

    private final class FirstCall extends Call<Executed> {

        FirstCall() {
            super(rpc, "execute", spec.timeout());
        }

        @Override
        protected Request<Executed> request() {
            time.begin();
            executing = true;
            Request<Executed> call = spec.question()
                    .call(new QueryHead(
                            session.sessionId(),
                            query.begin(),
                            spec.fetchSize(),
                            spec.serverTimeout().toMillis()));
            // Not at DEBUG: a driver has put its users' values into this text, and they are shown only if asked for.
            QUERIES.trace("[{}] {}", rpc.wire().id(), call);
            return call;
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
            if (reply.status().isSuccess() && reply.moreData()) {
                query.tellClose(reply.queryId());
            }
        }

        @Override
        protected void fail(WeirException error) {
            cursor.failed(error);
        }

        @Override
        protected void ended() {
            if (executing) {
                executing = false;
                query.release();
            }
        }
    }

    private final class Fetch extends Call<Fetched> {

        Fetch() {
            super(rpc, "fetch", Duration.ZERO);
        }

        @Override
        protected Request<Fetched> request() {
            return new FetchResults(
                    session.sessionId(),
                    query.statementId(),
                    query.id(),
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
            cursor.failed(error);
        }
    }
}
