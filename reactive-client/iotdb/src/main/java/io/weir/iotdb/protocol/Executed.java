package io.weir.iotdb.protocol;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a statement was answered with.
 *
 * @param queryId by which the rows are fetched; 0 for statements without rows
 * @param columns the columns' names; null for statements without rows
 * @param types the types of these columns, by name
 * @param ignoreTimestamp false if the blocks' time column leads the result as a column of its own
 * @param blockColumns which column of the blocks each column of the result is; null if the server did not say
 * @param blocks the first rows: views of the frame that share its life
 * @param moreData whether there is more to fetch
 * @param database the session's database, if this statement changed it
 */
public record Executed(
        Status status,
        long queryId,
        @Nullable List<String> columns,
        List<String> types,
        boolean ignoreTimestamp,
        @Nullable List<Integer> blockColumns,
        List<ByteBuf> blocks,
        boolean moreData,
        @Nullable String database) {

    /** Whether the statement has rows, be it none. */
    public boolean hasRows() {
        return columns != null;
    }

    static Executed read(ThriftInput in) {
        in.expect(ThriftType.STRUCT);
        Status status = Status.MISSING;
        long queryId = 0;
        List<String> columns = null;
        List<String> types = List.of();
        boolean ignoreTimestamp = false;
        Map<String, Integer> byName = null;
        List<Integer> blockColumns = null;
        List<ByteBuf> blocks = List.of();
        boolean moreData = false;
        String database = null;
        in.beginStruct();
        while (in.nextField()) {
            switch (in.fieldId()) {
                case 1 -> status = Status.read(in);
                case 2 -> queryId = in.i64Field();
                case 3 -> columns = in.stringsField();
                case 5 -> ignoreTimestamp = in.boolField();
                case 6 -> types = in.stringsField();
                case 9 -> byName = readNumbersByName(in);
                case 13 -> blocks = readBlocks(in);
                case 14 -> moreData = in.boolField();
                case 15 -> database = in.stringField();
                case 17 -> blockColumns = readNumbers(in);
                default -> in.skip();
            }
        }
        if (blockColumns == null && byName != null && columns != null) {
            blockColumns = fromNames(columns, byName);
        }
        return new Executed(status, queryId, columns, types, ignoreTimestamp, blockColumns, blocks, moreData, database);
    }

    /** Servers before 2.0 tell a column's place by its name. */
    private static List<Integer> fromNames(List<String> columns, Map<String, Integer> byName) {
        List<Integer> places = new ArrayList<>(columns.size());
        for (String column : columns) {
            Integer place = byName.get(column);
            if (place == null) {
                throw Malformed.error("The server names a column '" + column + "' and does not say where it is");
            }
            places.add(place);
        }
        return places;
    }

    static List<ByteBuf> readBlocks(ThriftInput in) {
        in.expect(ThriftType.LIST);
        int size = in.beginList(ThriftType.STRING);
        List<ByteBuf> blocks = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            blocks.add(in.binary());
        }
        return blocks;
    }

    private static List<Integer> readNumbers(ThriftInput in) {
        in.expect(ThriftType.LIST);
        int size = in.beginList(ThriftType.I32);
        List<Integer> numbers = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            numbers.add(in.i32());
        }
        return numbers;
    }

    private static Map<String, Integer> readNumbersByName(ThriftInput in) {
        in.expect(ThriftType.MAP);
        int size = in.beginMap(ThriftType.STRING, ThriftType.I32);
        Map<String, Integer> numbers = new HashMap<>();
        for (int i = 0; i < size; i++) {
            numbers.put(in.string(), in.i32());
        }
        return numbers;
    }
}
