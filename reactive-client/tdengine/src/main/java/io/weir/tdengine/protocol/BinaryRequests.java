package io.weir.tdengine.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.weir.tdengine.type.StatementField;
import io.weir.tdengine.type.TableBatch;
import java.util.List;

/**
 * The requests that travel as binary messages: each begins with request id, an id of what it is about, and the action.
 * There is no empty one and none shorter than its head, which the server would not survive.
 */
public final class BinaryRequests {

    public static final int QUERY = 6;
    public static final int FETCH = 7;
    public static final int BIND = 9;
    public static final int VALIDATE = 10;
    public static final int BIND_AND_EXECUTE = 11;

    private static final int VERSION = 1;
    private static final int ALL_COLUMNS = -1;

    private BinaryRequests() {}

    /** Asks to run a statement. */
    public static void query(ByteBuf out, long requestId, String sql) {
        text(out, requestId, QUERY, sql);
    }

    /** Asks whether a statement could be run. */
    public static void validate(ByteBuf out, long requestId, String sql) {
        text(out, requestId, VALIDATE, sql);
    }

    /** Asks for the next block of a result. Never before the last one has come: two at once corrupt each other. */
    public static void fetch(ByteBuf out, long requestId, long resultId) {
        head(out, requestId, resultId, FETCH);
    }

    /** Gives a prepared statement its rows. */
    public static void bind(ByteBuf out, long requestId, long statementId, List<TableBatch> tables) {
        head(out, requestId, statementId, BIND);
        out.writeIntLE(ALL_COLUMNS);
        BindPayload.write(out, tables);
    }

    /**
     * Gives a prepared statement its rows and runs it.
     *
     * @param fields the statement's placeholders, in their order
     */
    public static void bindAndExecute(
            ByteBuf out, long requestId, long statementId, List<StatementField> fields, List<TableBatch> tables) {
        head(out, requestId, statementId, BIND_AND_EXECUTE);
        RowsPayload.write(out, fields, tables);
    }

    private static void text(ByteBuf out, long requestId, int action, String sql) {
        head(out, requestId, 0, action);
        int lengthAt = out.writerIndex();
        out.writeIntLE(0);
        out.setIntLE(lengthAt, ByteBufUtil.writeUtf8(out, sql));
    }

    private static void head(ByteBuf out, long requestId, long subject, int action) {
        out.writeLongLE(requestId);
        out.writeLongLE(subject);
        out.writeLongLE(action);
        out.writeShortLE(VERSION);
    }
}
