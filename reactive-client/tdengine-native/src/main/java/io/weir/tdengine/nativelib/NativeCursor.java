package io.weir.tdengine.nativelib;

import com.sun.jna.Pointer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.weir.core.ErrorKind;
import io.weir.core.Page;
import io.weir.core.ResultPart;
import io.weir.core.WeirException;
import io.weir.core.WeirException.Sent;
import io.weir.core.wire.ReplyCursor;
import io.weir.tdengine.protocol.BlockPage;
import io.weir.tdengine.protocol.ResultLayout;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;

/**
 * One statement on its way, for one subscriber. The reader's demand is what asks for the next block, at most one of them
 * ahead of him, and never two at once. A block is copied once, because the next fetch overwrites it.
 *
 * <p>A result is given back in every ending; but not while the library works on it: then when it has called back.
 */
final class NativeCursor extends ReplyCursor implements ResultOfCursor.Hears {

    private static final int SMALLEST_BLOCK = 28;
    private static final int LENGTH_AT = 4;

    private final NativeSession session;
    private final ResultOfCursor opening;
    private final Duration timeout;

    // All of it belongs to the event loop.
    private @Nullable Pointer result;
    private @Nullable ResultLayout layout;
    private @Nullable Disposable alarm;
    private boolean asked;
    private boolean answered;
    private boolean fetching;
    private boolean sawRows;

    NativeCursor(NativeSession session, ResultOfCursor opening, Duration timeout) {
        super(session.holding().loop());
        this.session = session;
        this.opening = opening;
        this.timeout = timeout;
    }

    @Override
    protected void ask() {
        session.holding().loop().run(this::begin);
    }

    private void begin() {
        if (isOver()) {
            return;
        }
        if (!session.holding().hold()) {
            failed(session.holding().closedBefore());
            return;
        }
        asked = true;
        session.opened(this);
        if (!timeout.isZero()) {
            alarm = session.holding().loop().after(timeout, this::outOfTime);
        }
        opening.open(this);
    }

    @Override
    protected boolean fetch() {
        Pointer from = result;
        if (from == null || fetching) {
            return false;
        }
        fetching = true;
        Calls calls = session.holding().library().calls();
        // It may call back at once, on this very thread, so that its answer is always left for a later turn.
        session.holding()
                .taos()
                .taos_fetch_raw_block_a(
                        from,
                        calls,
                        calls.once((same, rows) -> session.holding().loop().later(() -> fetched(from, rows))));
        return true;
    }

    @Override
    protected void leave() {
        giveBack();
    }

    @Override
    protected void ended() {
        if (alarm != null) {
            alarm.dispose();
        }
    }

    @Override
    protected void handingOut(Page page) {
        if (page.size() > 0) {
            session.rowsHandedOut(page.size());
        }
    }

    /** The session closes. */
    void lost(WeirException error) {
        failed(answered ? error.toBuilder().sent(Sent.ANSWERED).build() : error);
        giveBack();
    }

    private void outOfTime() {
        if (isOver()) {
            return;
        }
        failed(session.holding()
                .located(Errors.timeout(
                        "The statement and the reading of its rows" + (holdsBack() ? ", whose reader held back," : ""),
                        timeout,
                        answered ? Sent.ANSWERED : Sent.MAYBE)));
        giveBack();
    }

    // --- answers --------------------------------------------------------------------------------------------------

    @Override
    public void refused(WeirException error) {
        answered = true;
        session.holding().refused(error);
        end();
        if (isOver()) {
            return;
        }
        if (error.sent() != Sent.ANSWERED || error.kind() == ErrorKind.PROTOCOL) {
            failed(session.holding().located(error));
        } else {
            replies().begin();
            tellEnd(error);
        }
    }

    @Override
    public void opened(Pointer opened) {
        answered = true;
        result = opened;
        if (isOver()) {
            giveBack();
            return;
        }
        Libtaos taos = session.holding().taos();
        if (taos.taos_is_update_query(opened) != 0) {
            ResultPart count = new ResultPart.Count(session.holding().library().affectedRows(opened));
            finish(() -> {
                replies().begin();
                replies().add(count);
                tellEnd(null);
            });
            return;
        }
        try {
            layout = ResultLayout.of(
                    Fields.ofResult(taos.taos_fetch_fields_e(opened), taos.taos_num_fields(opened)),
                    Fields.precision(taos.taos_result_precision(opened)),
                    session.shownZone());
        } catch (WeirException malformed) {
            giveBack();
            failed(session.holding().located(malformed));
            return;
        }
        replies().begin();
        proceed();
    }

    private void fetched(Pointer from, int rows) {
        fetching = false;
        ResultLayout columns = layout;
        if (isOver() || columns == null) {
            giveBack();
        } else if (rows > 0) {
            try {
                BlockPage page = copy(from, columns);
                sawRows = true;
                replies().begin();
                replies().add(page);
            } catch (RuntimeException malformed) {
                giveBack();
                failed(session.holding().located(known(malformed)));
                return;
            }
            proceed();
        } else {
            WeirException refusal =
                    rows == 0 ? null : Errors.of(session.holding().taos(), from, rows);
            finish(() -> {
                replies().begin();
                if (!sawRows && refusal == null) {
                    // So that the reader learns the columns of a result without rows.
                    replies().add(BlockPage.empty(columns));
                }
                tellEnd(refusal);
            });
        }
    }

    private BlockPage copy(Pointer from, ResultLayout columns) {
        Pointer block = session.holding().taos().taos_get_raw_block(from);
        int length = block == null ? 0 : block.getInt(LENGTH_AT);
        if (block == null || length < SMALLEST_BLOCK) {
            throw Fields.malformed("A block of rows has " + length + " bytes");
        }
        ByteBuf bytes = ByteBufAllocator.DEFAULT.buffer(length, length);
        try {
            bytes.writeBytes(block.getByteBuffer(0, length));
            return BlockPage.of(bytes, columns);
        } finally {
            bytes.release();
        }
    }

    private static WeirException known(RuntimeException error) {
        return error instanceof WeirException weir
                ? weir
                : WeirException.of(ErrorKind.PROTOCOL, "A block could not be read: " + error)
                        .cause(error)
                        .build();
    }

    private void tellEnd(@Nullable WeirException refusal) {
        if (refusal != null) {
            session.holding().refused(refusal);
            replies().add(new ResultPart.Failure(session.holding().located(refusal)));
        }
        replies().add(ResultPart.End.INSTANCE);
        complete();
    }

    // --- what the library holds -----------------------------------------------------------------------------------

    /** The result is read: it is given back, and then the reader hears of the end. */
    private void finish(Runnable tell) {
        Pointer read = result;
        result = null;
        opening.giveBack(read, true, () -> {
            end();
            if (!isOver()) {
                tell.run();
            }
        });
    }

    private void giveBack() {
        Pointer open = result;
        if (open != null && !fetching) {
            result = null;
            opening.giveBack(open, false, this::end);
        }
    }

    /** Nothing of it is left in the library. */
    private void end() {
        if (asked) {
            asked = false;
            session.closed(this);
            session.holding().release();
        }
    }
}
