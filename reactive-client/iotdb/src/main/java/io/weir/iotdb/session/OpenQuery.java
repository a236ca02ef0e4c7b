package io.weir.iotdb.session;

import io.weir.iotdb.protocol.CloseOperation;
import org.jspecify.annotations.Nullable;

/**
 * What the server holds for one statement: the id under which it runs, and its query as long as that has more rows.
 * Confined to the wire's loop.
 */
final class OpenQuery {

    private final WireSession session;
    private StatementIds.@Nullable Id statementId;
    private long queryId;
    private boolean open;

    OpenQuery(WireSession session) {
        this.session = session;
    }

    /** Takes a statement id for the first call. */
    long begin() {
        StatementIds.Id id = session.ids().take();
        statementId = id;
        return id.number();
    }

    long statementId() {
        StatementIds.Id id = statementId;
        return id == null ? 0 : id.number();
    }

    void opened(long query) {
        queryId = query;
        open = true;
    }

    long id() {
        return queryId;
    }

    boolean isOpen() {
        return open;
    }

    /** It is over on the server: at its end, or with its connection. */
    void ended() {
        open = false;
    }

    /** Closes the query if it is open; says whether it was. */
    boolean close() {
        boolean was = open;
        open = false;
        if (was) {
            tellClose(queryId);
        }
        return was;
    }

    /** Nobody waits for the answer to a close. */
    void tellClose(long query) {
        StatementIds.Id id = statementId;
        if (id != null && session.rpc().wire().isOpen()) {
            session.rpc().tell(new CloseOperation(session.sessionId(), id.number(), query));
        }
    }

    /** Gives the statement id back; again does nothing. */
    void release() {
        StatementIds.Id id = statementId;
        if (id != null) {
            statementId = null;
            session.ids().release(id);
        }
    }
}
