package io.weir.iotdb.session;

import io.weir.core.WeirException;
import io.weir.iotdb.protocol.CloseStatement;
import io.weir.iotdb.protocol.Request;
import io.weir.iotdb.protocol.RequestStatementId;
import java.time.Duration;

/**
 * The statement id that requests carry. The server (2.0.1) remembers every statement that ran under an id until that id
 * is closed, also those whose queries were: so a long-lived session changes its id once in a while. An id is closed once
 * its last cursor is, because closing it closes them. Confined to the wire's loop.
 */
final class StatementIds {

    /** The server keeps some tens of bytes for each. */
    private static final int MOST_STATEMENTS = 10_000;

    private final Rpc rpc;
    private final long sessionId;
    private final int most;
    private Id current;
    private int statements;
    private boolean asking;

    StatementIds(Rpc rpc, long sessionId, long first) {
        this(rpc, sessionId, first, MOST_STATEMENTS);
    }

    StatementIds(Rpc rpc, long sessionId, long first, int most) {
        this.rpc = rpc;
        this.sessionId = sessionId;
        this.most = most;
        this.current = new Id(first);
    }

    /** For one statement; to be given back with {@link #release}. */
    Id take() {
        if (++statements >= most && !asking) {
            asking = true;
            rpc.wire().submit(new Change());
        }
        current.users++;
        return current;
    }

    /** The statement and its cursor are over. */
    void release(Id id) {
        id.users--;
        closeIfUnused(id);
    }

    private void closeIfUnused(Id id) {
        if (id != current && id.users == 0) {
            rpc.tell(new CloseStatement(sessionId, id.number));
        }
    }

    /** One id and how many statements still need it. */
    static final class Id {
        private final long number;
        private int users;

        private Id(long number) {
            this.number = number;
        }

        long number() {
            return number;
        }
    }

    /** Asks for a new id; statements go on under the old one until it is there. */
    private final class Change extends Call<Long> {

        Change() {
            super(rpc, "requestStatementId", Duration.ZERO);
        }

        @Override
        protected Request<Long> request() {
            return new RequestStatementId(sessionId);
        }

        @Override
        protected void answered(Long number) {
            Id old = current;
            current = new Id(number);
            statements = 0;
            asking = false;
            closeIfUnused(old);
        }

        @Override
        protected void fail(WeirException error) {
            asking = false;
            statements = 0;
        }
    }
}
