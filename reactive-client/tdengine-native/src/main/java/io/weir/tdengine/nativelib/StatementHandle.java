package io.weir.tdengine.nativelib;

import com.sun.jna.CallbackReference;
import com.sun.jna.Memory;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import io.weir.tdengine.type.StatementField;
import io.weir.tdengine.type.TableBatch;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A prepared statement inside the library. Its calls block, one at a time; only the execution calls back. */
final class StatementHandle {

    private static final int OPTION_SIZE = 32;
    private static final int ONE_SUPER_TABLE = 8;
    private static final int ONE_BIND_PER_TABLE = 9;
    private static final int ON_EXECUTED = 16;
    private static final int PARAM = 24;
    /** Of the columns of a bind: all of them. */
    private static final int ALL = -1;

    /** Hears of an execution, on the loop: a result that belongs to the statement, or an error. */
    interface Executed {
        void done(@Nullable Pointer result, @Nullable WeirException error);
    }

    private final NativeSession session;
    private final Libtaos taos;
    private final Pointer statement;
    private final Pointer param;
    private final boolean insert;
    private final int count;
    private final List<StatementField> fields;

    /** What is being executed; the library calls back from a thread of its own. */
    private volatile @Nullable Execution execution;

    private record Execution(BindMemory memory, Executed executed) {}

    private StatementHandle(NativeSession session, String sql) {
        this.session = session;
        this.taos = session.holding().taos();
        Calls calls = session.holding().library().calls();
        this.param = calls.keep(this::calledBack);
        Pointer made;
        try (Memory option = new Memory(OPTION_SIZE)) {
            option.clear();
            option.setByte(ONE_SUPER_TABLE, (byte) 1);
            option.setByte(ONE_BIND_PER_TABLE, (byte) 1);
            option.setPointer(ON_EXECUTED, CallbackReference.getFunctionPointer(calls));
            option.setPointer(PARAM, param);
            made = taos.taos_stmt2_init(session.connection(), option);
        }
        if (made == null) {
            calls.forget(param);
            throw Errors.of(taos, null, taos.taos_errno(null));
        }
        this.statement = made;
        try {
            int length = sql.getBytes(StandardCharsets.UTF_8).length;
            check(taos.taos_stmt2_prepare(statement, sql, new NativeLong(length)));
            IntByReference number = new IntByReference();
            check(taos.taos_stmt2_is_insert(statement, number));
            this.insert = number.getValue() != 0;
            PointerByReference described = new PointerByReference();
            check(taos.taos_stmt2_get_fields(statement, number, described));
            this.count = number.getValue();
            Pointer array = described.getValue();
            if (array == null) {
                this.fields = List.of();
            } else {
                try {
                    this.fields = insert ? Fields.ofStatement(array, count) : List.of();
                } finally {
                    taos.taos_stmt2_free_fields(statement, array);
                }
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Blocks. */
    static StatementHandle prepare(NativeSession session, String sql) {
        return new StatementHandle(session, sql);
    }

    boolean insert() {
        return insert;
    }

    int count() {
        return count;
    }

    List<StatementField> fields() {
        return fields;
    }

    Pointer pointer() {
        return statement;
    }

    /** Binds and executes; blocks until the library has taken it over. */
    void execute(List<TableBatch> tables, Executed executed) {
        try {
            BindMemory memory = new BindMemory(tables);
            Execution begun = new Execution(memory, executed);
            execution = begun;
            try {
                check(taos.taos_stmt2_bind_param(statement, memory.pointer(), ALL));
                check(taos.taos_stmt2_exec(statement, null));
            } catch (RuntimeException refused) {
                ended(begun, null, known(refused));
            }
        } catch (RuntimeException refused) {
            session.holding().loop().later(() -> executed.done(null, known(refused)));
        }
    }

    private void calledBack(@Nullable Pointer result, int code) {
        Execution done = execution;
        if (done != null) {
            ended(done, result, code == 0 ? null : refusal(code));
        }
    }

    private void ended(Execution done, @Nullable Pointer result, @Nullable WeirException error) {
        execution = null;
        session.holding().loop().later(() -> {
            done.memory().close();
            done.executed().done(result, error);
        });
    }

    private void check(int code) {
        if (code != 0) {
            throw refusal(code);
        }
    }

    WeirException refusal(int code) {
        return Errors.of(code, taos.taos_stmt2_error(statement));
    }

    private static WeirException known(RuntimeException error) {
        return error instanceof WeirException weir
                ? weir
                : WeirException.of(ErrorKind.BAD_REQUEST, String.valueOf(error.getMessage()))
                        .sent(WeirException.Sent.NO)
                        .cause(error)
                        .build();
    }

    /** Blocks. Nothing may be under way. */
    void close() {
        taos.taos_stmt2_close(statement);
        session.holding().library().calls().forget(param);
    }
}
