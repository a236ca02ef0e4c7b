package io.weir.tdengine.nativelib;

import com.sun.jna.Pointer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import io.weir.core.WeirException.Sent;
import io.weir.tdengine.protocol.BlockPage;
import io.weir.tdengine.protocol.ResultLayout;
import io.weir.tdengine.session.BlockCursor;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One statement on its way, for one subscriber. The reader's demand is what asks for the next block, at most one of them
 * ahead of him, and never two at once. A block is copied once, because the next fetch overwrites it.
 *
 * <p>A result is given back in every ending; but not while the library works on it: then when it has called back.
 */
final class NativeCursor extends BlockCursor implements ResultOfCursor.Hears {

    private static final int SMALLEST_BLOCK = 28;
    private static final int LENGTH_AT = 4;

    private final NativeSession session;
    private final ResultOfCursor opening;
    private final Duration timeout;

    // All of it belongs to the event loop.
    private @Nullable Pointer result;
    private @Nullable ResultLayout layout;
    private boolean asked;
    private boolean answered;
    private boolean fetching;

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
        session.cursors().opened(this);
        if (!timeout.isZero()) {
            alarm(session.holding().loop().after(timeout, this::outOfTime));
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
    protected void handingOut(int rows) {
        session.rowsHandedOut(rows);
    }

    @Override
    protected void lost(WeirException error) {
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
        if (!isOver()) {
            notOpened(session.holding().located(error));
        }
    }

    @Override
    protected WeirException heard(WeirException refusal) {
        session.holding().refused(refusal);
        return session.holding().located(refusal);
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
            long rows = session.holding().library().affectedRows(opened);
            finish(() -> changed(rows));
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
        proceed();
    }

    private void fetched(Pointer from, int rows) {
        fetching = false;
        ResultLayout columns = layout;
        if (isOver() || columns == null) {
            giveBack();
        } else if (rows > 0) {
            BlockPage page;
            try {
                page = copy(from, columns);
            } catch (RuntimeException malformed) {
                giveBack();
                failed(session.holding().located(known(malformed)));
                return;
            }
            arrived(page);
        } else {
            WeirException refusal =
                    rows == 0 ? null : Errors.of(session.holding().taos(), from, rows);
            finish(() -> allArrived(columns, refusal));
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
            session.cursors().closed(this);
            session.holding().release();
        }
    }
}
