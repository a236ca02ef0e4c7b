package io.weir.tdengine.nativelib;

import com.sun.jna.Pointer;
import io.weir.core.ResultPart;
import io.weir.core.WeirException;
import io.weir.core.WeirException.Sent;
import io.weir.tdengine.protocol.SqlText;
import io.weir.tdengine.session.Prepared;
import io.weir.tdengine.session.WriteErrors;
import io.weir.tdengine.type.StatementField;
import io.weir.tdengine.type.TableBatch;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A statement that the library has prepared. It does one thing at a time, on the session's loop.
 *
 * <p>As over the WebSocket, whatever was refused, cancelled or ran out of time leaves it spoiled and closes it: what was
 * bound by then must not be written together with the next rows. It is closed when the library has ended its work.
 */
final class NativeStatement implements Prepared {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private enum State {
        FREE,
        AT_WORK,
        SPOILED,
        CLOSED
    }

    private final NativeSession session;
    private final StatementHandle handle;
    private final String sql;

    private volatile State state = State.FREE;

    // The rest belongs to the event loop.
    private @Nullable PreparedWrite write;
    private boolean closing;

    private NativeStatement(NativeSession session, StatementHandle handle, String sql) {
        this.session = session;
        this.handle = handle;
        this.sql = sql;
    }

    static Mono<Prepared> prepare(NativeSession session, String sql) {
        Callable<NativeStatement> blocking = () -> {
            Errors.checkNoZero("The statement", sql);
            return new NativeStatement(session, StatementHandle.prepare(session, sql), SqlText.mask(sql));
        };
        return session.holding()
                .call(
                        "Preparing a statement",
                        LIMIT,
                        blocking,
                        NativeStatement::begin,
                        late -> late.closeWhenIdle(State.CLOSED))
                .map(statement -> statement);
    }

    /** On the loop, within the hold of the call that has prepared it. */
    private void begin() {
        session.holding().holdForEnding();
        session.opened(this);
        if (!session.isOpen()) {
            // The session has gone through its statements without this one.
            closeWhenIdle(State.CLOSED);
        }
    }

    @Override
    public boolean isInsert() {
        return handle.insert();
    }

    @Override
    public int count() {
        return handle.count();
    }

    @Override
    public List<StatementField> fields() {
        return handle.fields();
    }

    @Override
    public boolean isUsable() {
        return state == State.FREE && session.isOpen();
    }

    // --- writes ---------------------------------------------------------------------------------------------------

    @Override
    public Mono<Long> write(List<TableBatch> tables, Duration limit) {
        return Mono.defer(() -> {
            if (tables.stream().allMatch(table -> table.rows() == 0)) {
                return Mono.just(0L);
            }
            return Mono.<Long>create(sink -> session.holding().loop().run(() -> {
                        if (beginWork(sink::error)) {
                            PreparedWrite begun = new PreparedWrite(session, sink, limit, this::spoil);
                            write = begun;
                            begun.start(done -> execute(tables, done), this::writeEnded);
                        }
                    }))
                    .onErrorMap(WeirException.class, error -> WriteErrors.naming(error, tables));
        });
    }

    private void writeEnded(boolean good) {
        write = null;
        workEnded(good);
    }

    private void spoil() {
        if (state == State.AT_WORK) {
            state = State.SPOILED;
        }
    }

    // --- queries --------------------------------------------------------------------------------------------------

    @Override
    public Flux<ResultPart> query(TableBatch values, Duration timeout) {
        return session.stream(
                new ResultOfCursor() {
                    @Override
                    public void open(Hears cursor) {
                        if (beginWork(cursor::refused)) {
                            execute(List.of(values), (result, error) -> {
                                if (error == null) {
                                    fetchResult(cursor);
                                } else {
                                    workEnded(false);
                                    cursor.refused(error);
                                }
                            });
                        }
                    }

                    @Override
                    public void giveBack(@Nullable Pointer result, boolean readToItsEnd, Runnable done) {
                        session.holding().source().givingBack().execute(() -> {
                            if (result != null) {
                                session.holding().taos().taos_free_result(result);
                            }
                            session.holding().loop().later(() -> {
                                workEnded(readToItsEnd);
                                done.run();
                            });
                        });
                    }
                },
                timeout);
    }

    private void fetchResult(ResultOfCursor.Hears cursor) {
        session.holding().source().workers().execute(() -> {
            Pointer result = session.holding().taos().taos_stmt2_result(handle.pointer());
            WeirException error =
                    result == null ? handle.refusal(session.holding().taos().taos_errno(null)) : null;
            session.holding().loop().later(() -> {
                if (result == null || error != null) {
                    workEnded(false);
                    cursor.refused(error == null ? handle.refusal(0) : error);
                } else {
                    cursor.opened(result);
                }
            });
        });
    }

    // --- work -----------------------------------------------------------------------------------------------------

    private boolean beginWork(Consumer<WeirException> refused) {
        if (!session.isOpen()) {
            refused.accept(session.holding().closedBefore());
            return false;
        }
        if (state != State.FREE) {
            String why = switch (state) {
                case CLOSED -> "is closed";
                case SPOILED -> "was refused or cancelled in the middle of its work, and is closed";
                default -> "is at work: it does one thing at a time, wait for the end of the last one";
            };
            refused.accept(
                    session.holding().located(Errors.badRequest("This prepared statement " + why + " (" + sql + ")")));
            return false;
        }
        state = State.AT_WORK;
        return true;
    }

    private void execute(List<TableBatch> tables, StatementHandle.Executed executed) {
        session.holding().source().workers().execute(() -> handle.execute(tables, executed));
    }

    /** The library has ended what it was at. */
    private void workEnded(boolean good) {
        if (good && state == State.AT_WORK) {
            state = State.FREE;
        } else {
            closeWhenIdle(state == State.CLOSED ? State.CLOSED : State.SPOILED);
        }
    }

    // --- closing --------------------------------------------------------------------------------------------------

    @Override
    public Mono<Void> close() {
        return Mono.create(sink -> session.holding().loop().run(() -> {
            State before = state;
            state = State.CLOSED;
            if (before == State.FREE) {
                closeNow(sink::success);
            } else {
                // Under way, or as soon as its work ends.
                sink.success();
            }
        }));
    }

    /** The session closes: what waits hears of it, and the library is waited for. */
    void sessionCloses() {
        PreparedWrite underWay = write;
        if (underWay != null) {
            underWay.lost(session.holding()
                    .located(Errors.closed("The connection was closed while rows were being written").toBuilder()
                            .sent(Sent.MAYBE)
                            .build()));
        }
        State before = state;
        state = State.CLOSED;
        if (before == State.FREE) {
            closeNow(() -> {});
        }
    }

    private void closeWhenIdle(State to) {
        state = to;
        closeNow(() -> {});
    }

    private void closeNow(Runnable done) {
        if (closing) {
            done.run();
            return;
        }
        closing = true;
        session.holding().source().workers().execute(() -> {
            handle.close();
            session.holding().loop().later(() -> {
                session.closed(this);
                session.holding().release();
                done.run();
            });
        });
    }

    @Override
    public String toString() {
        return "prepared " + sql;
    }
}
