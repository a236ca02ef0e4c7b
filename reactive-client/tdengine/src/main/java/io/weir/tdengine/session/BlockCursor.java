package io.weir.tdengine.session;

import io.weir.core.ErrorKind;
import io.weir.core.ResultPart;
import io.weir.core.WeirException;
import io.weir.core.wire.ReplyCursor;
import io.weir.core.wire.WireLoop;
import io.weir.tdengine.protocol.BlockPage;
import io.weir.tdengine.protocol.ResultLayout;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;

/**
 * What a statement's answers become for its subscriber, whatever they come by. How they are asked for, and how what they
 * opened is given back, is not here: over a socket a fetch can be left alone and a result is freed by a message, while the
 * library keeps a result until its fetch has called back.
 */
public abstract class BlockCursor extends ReplyCursor {

    // Both belong to the loop.
    private @Nullable Disposable alarm;
    private boolean sawRows;

    protected BlockCursor(WireLoop loop) {
        super(loop);
    }

    /** The server has refused something: the session hears of it. Returns the error as the subscriber gets it. */
    protected abstract WeirException heard(WeirException refusal);

    /** Disposes of it when the subscriber has all that he gets. */
    protected final void alarm(Disposable set) {
        alarm = set;
    }

    @Override
    protected final void ended() {
        if (alarm != null) {
            alarm.dispose();
        }
    }

    /** The statement has no rows, and has changed so many. */
    protected final void changed(long rows) {
        replies().begin();
        replies().add(new ResultPart.Count(rows));
        end(null);
    }

    /** The statement was not answered with a result. */
    protected final void notOpened(WeirException error) {
        if (error.sent() != WeirException.Sent.ANSWERED || error.kind() == ErrorKind.PROTOCOL) {
            failed(error);
            return;
        }
        replies().begin();
        end(error);
    }

    /** One more block. */
    protected final void arrived(BlockPage page) {
        sawRows = true;
        replies().begin();
        replies().add(page);
        proceed();
    }

    /** There are no more blocks, or the server has none because of an error. */
    protected final void allArrived(ResultLayout columns, @Nullable WeirException refusal) {
        replies().begin();
        if (!sawRows && refusal == null) {
            // So that the reader learns the columns of a result without rows.
            replies().add(BlockPage.empty(columns));
        }
        end(refusal);
    }

    private void end(@Nullable WeirException refusal) {
        if (refusal != null) {
            replies().add(new ResultPart.Failure(heard(refusal)));
        }
        replies().add(ResultPart.End.INSTANCE);
        complete();
    }
}
