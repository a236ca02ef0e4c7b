package io.weir.tdengine.session;

import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import io.weir.tdengine.protocol.BlockPage;
import io.weir.tdengine.protocol.FetchAnswer;
import io.weir.tdengine.protocol.QueryAnswer;
import io.weir.tdengine.protocol.ResultLayout;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;

/**
 * One statement on its way, for one subscriber. The reader's demand is what asks for the next block, at most one of them
 * ahead of him; the server sends nothing that was not asked for.
 *
 * <p>What the server holds for it is given back in every ending: a result that is not read to its end is freed, also when
 * its number comes after the subscriber has left.
 */
final class Cursor extends BlockCursor {

    private final WireSession session;
    private final Rpc rpc;
    private final Opening opening;
    private final Duration timeout;
    private final Disposable.Swap first = Disposables.swap();

    private long startedAt;

    // The rest belongs to the wire's event loop.
    private @Nullable ResultLayout layout;
    private @Nullable Disposable fetch;
    private long resultId;
    /** Whether the server holds a result for us that has more blocks. */
    private boolean open;

    Cursor(WireSession session, Opening opening, Duration timeout) {
        super(session.loop());
        this.session = session;
        this.rpc = session.rpc();
        this.opening = opening;
        this.timeout = timeout;
    }

    @Override
    protected void ask() {
        startedAt = session.now();
        first.update(opening.open(timeout).subscribe(this::opened, error -> notOpened(known(error))));
    }

    @Override
    protected boolean fetch() {
        ResultLayout columns = layout;
        if (!open || columns == null || fetch != null) {
            return false;
        }
        Mono<Block> next = rpc.fetch(resultId, answer -> Block.of(answer, columns));
        Disposable.Swap asked = Disposables.swap();
        fetch = asked;
        asked.update(next.subscribe(this::fetched, error -> fetchFailed(known(error))));
        return true;
    }

    @Override
    protected void leave() {
        first.dispose();
        giveBack();
    }

    @Override
    protected void handingOut(int rows) {
        session.rowsHandedOut(rows);
    }

    /** Who waits for an answer hears of it through his request. */
    @Override
    protected void lost(WeirException error) {
        if (fetch == null) {
            open = false;
            failed(error);
        }
    }

    // --- answers --------------------------------------------------------------------------------------------------

    private void opened(QueryAnswer answer) {
        if (answer.update()) {
            opening.over(true, 0);
            changed(answer.affectedRows());
            return;
        }
        layout = ResultLayout.of(answer.fields(), answer.precision(), session.shownZone());
        resultId = answer.resultId();
        open = true;
        session.cursors().opened(this);
        if (isOver()) {
            // The subscriber left while this answer was on its way to here.
            giveBack();
            return;
        }
        if (!timeout.isZero()) {
            Duration left = timeout.minusNanos(session.now() - startedAt);
            alarm(session.schedule(this::outOfTime, left.isNegative() ? Duration.ZERO : left));
        }
        proceed();
    }

    private void fetched(Block block) {
        fetch = null;
        BlockPage page = block.page();
        if (page != null) {
            arrived(page);
            return;
        }
        // The server has freed it, at its end or because of the error.
        forget(true);
        allArrived(block.columns(), block.refusal());
    }

    /** The block could not be read, or the connection is gone. */
    private void fetchFailed(WeirException error) {
        fetch = null;
        giveBack();
        failed(error);
    }

    @Override
    protected WeirException heard(WeirException refusal) {
        session.refused(refusal);
        return rpc.located(refusal);
    }

    private void outOfTime() {
        if (isOver()) {
            return;
        }
        WeirException error = rpc.located(WeirException.of(
                        ErrorKind.TIMEOUT,
                        "The statement and the reading of its rows took longer than its limit of " + timeout
                                + (holdsBack() ? "; the reader held back" : ""))
                .sent(WeirException.Sent.ANSWERED)
                .build());
        giveBack();
        failed(error);
    }

    // --- what the server holds ------------------------------------------------------------------------------------

    private void giveBack() {
        Disposable underWay = fetch;
        if (underWay != null) {
            fetch = null;
            underWay.dispose();
        }
        if (open) {
            rpc.freeResult(resultId);
            forget(false);
        }
    }

    private void forget(boolean readToItsEnd) {
        open = false;
        session.cursors().closed(this);
        opening.over(readToItsEnd, resultId);
    }

    private WeirException known(Throwable error) {
        return error instanceof WeirException weir
                ? weir
                : rpc.located(WeirException.of(ErrorKind.PROTOCOL, "An answer could not be read: " + error)
                        .cause(error)
                        .build());
    }

    /**
     * What a fetch has brought: rows, or the end, or the end with an error.
     */
    private record Block(
            ResultLayout columns,
            @Nullable BlockPage page,
            @Nullable WeirException refusal) {

        static Block of(FetchAnswer answer, ResultLayout columns) {
            return new Block(
                    columns, answer.block() == null ? null : BlockPage.of(answer.block(), columns), answer.error());
        }
    }
}
