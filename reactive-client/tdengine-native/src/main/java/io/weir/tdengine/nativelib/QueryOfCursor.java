package io.weir.tdengine.nativelib;

import com.sun.jna.Pointer;
import io.weir.core.WeirException;
import org.jspecify.annotations.Nullable;

/** The result of a query. */
final class QueryOfCursor implements ResultOfCursor {

    private final NativeSession session;
    private final String sql;

    QueryOfCursor(NativeSession session, String sql) {
        this.session = session;
        this.sql = sql;
    }

    @Override
    public void open(Hears cursor) {
        try {
            Errors.checkNoZero("The statement", sql);
        } catch (WeirException refused) {
            cursor.refused(refused);
            return;
        }
        session.query(sql, (result, code) -> {
            if (code == 0 && result != null) {
                cursor.opened(result);
                return;
            }
            WeirException refusal = Errors.of(session.holding().taos(), result, code);
            giveBack(result, false, () -> cursor.refused(refusal));
        });
    }

    /** Nobody waits for it: the next query is another one. */
    @Override
    public void giveBack(@Nullable Pointer result, boolean readToItsEnd, Runnable done) {
        if (result != null) {
            session.holding().holdForEnding();
            session.holding().source().givingBack().execute(() -> {
                session.holding().taos().taos_free_result(result);
                session.holding().loop().later(session.holding()::release);
            });
        }
        done.run();
    }
}
