package io.weir.tdengine.nativelib;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import io.weir.tdengine.type.ColumnBatch;
import io.weir.tdengine.type.TableBatch;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Values to be bound, as the library takes them: a structure for all tables, which points to one for each column, which
 * points to the values. Lies outside of Java's heap until it is closed; which is not before the execution has ended, because
 * the library may look at it until then.
 */
final class BindMemory implements AutoCloseable {

    private static final int BIND_SIZE = 40;
    private static final int BIND_BUFFER = 8;
    private static final int BIND_LENGTHS = 16;
    private static final int BIND_NULLS = 24;
    private static final int BIND_ROWS = 32;
    private static final int TABLES_SIZE = 32;
    private static final int TABLES_NAMES = 8;
    private static final int TABLES_TAGS = 16;
    private static final int TABLES_COLUMNS = 24;

    private final List<Memory> blocks = new ArrayList<>();
    private final Pointer root;

    BindMemory(List<TableBatch> tables) {
        // Also makes sure that all columns of a table are of the same height.
        tables.forEach(TableBatch::rows);
        TableBatch first = tables.get(0);
        Pointer all = block(TABLES_SIZE);
        root = all;
        try {
            all.setInt(0, tables.size());
            all.setPointer(TABLES_NAMES, names(tables));
            all.setPointer(TABLES_TAGS, first.tags().isEmpty() ? null : binds(tables, TableBatch::tags));
            all.setPointer(TABLES_COLUMNS, first.columns().isEmpty() ? null : binds(tables, TableBatch::columns));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** What the library is given. */
    Pointer pointer() {
        return root;
    }

    private @Nullable Pointer names(List<TableBatch> tables) {
        if (tables.stream().allMatch(table -> table.table() == null)) {
            return null;
        }
        Pointer names = block((long) tables.size() * Long.BYTES);
        for (int i = 0; i < tables.size(); i++) {
            String name = tables.get(i).table();
            if (name != null) {
                Errors.checkNoZero("A table's name", name);
                byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
                Pointer text = block(bytes.length + 1L);
                text.write(0, bytes, 0, bytes.length);
                names.setPointer((long) i * Long.BYTES, text);
            }
        }
        return names;
    }

    private Pointer binds(List<TableBatch> tables, Function<TableBatch, List<ColumnBatch>> values) {
        Pointer perTable = block((long) tables.size() * Long.BYTES);
        for (int i = 0; i < tables.size(); i++) {
            List<ColumnBatch> columns = values.apply(tables.get(i));
            Pointer binds = block((long) columns.size() * BIND_SIZE);
            for (int c = 0; c < columns.size(); c++) {
                bind(binds.share((long) c * BIND_SIZE), columns.get(c));
            }
            perTable.setPointer((long) i * Long.BYTES, binds);
        }
        return perTable;
    }

    private void bind(Pointer bind, ColumnBatch column) {
        int rows = column.rows();
        bind.setInt(0, column.field().type().code());
        bind.setPointer(BIND_BUFFER, copy(column.data()));
        bind.setPointer(BIND_NULLS, copy(column.nulls()));
        bind.setInt(BIND_ROWS, rows);
        if (column.field().type().isBoundByLength()) {
            Pointer lengths = block((long) rows * Integer.BYTES);
            for (int row = 0; row < rows; row++) {
                lengths.setInt((long) row * Integer.BYTES, column.length(row));
            }
            bind.setPointer(BIND_LENGTHS, lengths);
        }
    }

    private Pointer copy(ByteBuffer bytes) {
        Pointer copy = block(bytes.remaining());
        copy.getByteBuffer(0, Math.max(1, bytes.remaining())).put(bytes);
        return copy;
    }

    /** Zeroed, and never empty. */
    private Memory block(long size) {
        Memory block = new Memory(Math.max(1, size));
        block.clear();
        blocks.add(block);
        return block;
    }

    @Override
    public void close() {
        blocks.forEach(Memory::close);
        blocks.clear();
    }
}
