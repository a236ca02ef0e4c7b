package io.weir.server.tdengine.session;

import io.weir.server.tdengine.sql.Answer;
import io.weir.server.tdengine.sql.Prepared;
import io.weir.server.tdengine.sql.TaosError;
import org.jspecify.annotations.Nullable;

/** A prepared statement of one socket. Its lock puts its calls one after another, in any order. */
final class OpenStatement {

    private final long id;
    private @Nullable Prepared prepared;
    private Answer.@Nullable Rows rows;

    OpenStatement(long id) {
        this.id = id;
    }

    long id() {
        return id;
    }

    synchronized void prepare(Prepared fresh) {
        prepared = fresh;
        rows = null;
    }

    synchronized boolean isPrepared() {
        return prepared != null;
    }

    synchronized Prepared prepared() {
        if (prepared == null) {
            throw new TaosError(0x022A, "Stmt API usage error");
        }
        return prepared;
    }

    /** Rows that the last execution gave; null after a failed one. */
    synchronized Answer.@Nullable Rows rows() {
        return rows;
    }

    synchronized int execute() {
        rows = null;
        Answer answer = prepared().execute();
        if (answer instanceof Answer.Rows found) {
            rows = found;
            return 0;
        }
        return ((Answer.Update) answer).affected();
    }
}
