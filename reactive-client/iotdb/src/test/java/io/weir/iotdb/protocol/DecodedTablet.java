package io.weir.iotdb.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.weir.iotdb.type.IotdbType;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tablet as a server reads it, value by value.
 *
 * @param rows the time, then a value or null for each column
 */
record DecodedTablet(String target, List<String> columns, List<Object[]> rows) {

    static DecodedTablet of(InsertTablet request, ThriftFormat format) {
        ByteBuf frame = Unpooled.buffer();
        Calls.write(frame, format, 1, request);
        ThriftInput in = format.input(frame.skipBytes(Integer.BYTES));
        in.message();
        in.beginStruct();
        in.nextField();
        in.beginStruct();
        String target = "";
        List<String> columns = new ArrayList<>();
        List<IotdbType> types = new ArrayList<>();
        ByteBuf values = Unpooled.EMPTY_BUFFER;
        ByteBuf times = Unpooled.EMPTY_BUFFER;
        int rows = 0;
        while (in.nextField()) {
            switch (in.fieldId()) {
                case 2 -> target = in.stringField();
                case 3 -> {
                    int size = in.beginList(ThriftType.STRING);
                    for (int i = 0; i < size; i++) {
                        columns.add(in.string());
                    }
                }
                case 4 -> values = in.binary();
                case 5 -> times = in.binary();
                case 6 -> {
                    int size = in.beginList(ThriftType.I32);
                    for (int i = 0; i < size; i++) {
                        types.add(IotdbType.ofCode(in.i32()));
                    }
                }
                case 7 -> rows = in.i32Field();
                default -> in.skip();
            }
        }
        return new DecodedTablet(target, columns, rows(types, values.slice(), times.slice(), rows));
    }

    private static List<Object[]> rows(List<IotdbType> types, ByteBuf values, ByteBuf times, int count) {
        List<Object[]> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(new Object[types.size() + 1]);
            rows.get(i)[0] = times.readLong();
        }
        for (int column = 0; column < types.size(); column++) {
            for (Object[] row : rows) {
                row[column + 1] = value(types.get(column), values);
            }
        }
        for (int column = 0; column < types.size() && values.isReadable(); column++) {
            if (values.readByte() == 1) {
                byte[] bits = ByteBufUtil.getBytes(values.readSlice(count / 8 + 1));
                for (int i = 0; i < count; i++) {
                    if ((bits[i / 8] >> (i % 8) & 1) == 1) {
                        rows.get(i)[column + 1] = null;
                    }
                }
            }
        }
        if (values.isReadable() || times.isReadable()) {
            throw new AssertionError(values.readableBytes() + " bytes of values are left over");
        }
        return rows;
    }

    private static @Nullable Object value(IotdbType type, ByteBuf in) {
        return switch (type) {
            case BOOLEAN -> in.readBoolean();
            case INT32 -> in.readInt();
            case INT64, TIMESTAMP -> in.readLong();
            case FLOAT -> in.readFloat();
            case DOUBLE -> in.readDouble();
            case TEXT, STRING ->
                in.readCharSequence(in.readInt(), StandardCharsets.UTF_8).toString();
            case BLOB -> ByteBufUtil.getBytes(in.readSlice(in.readInt()));
            case DATE -> {
                int date = in.readInt();
                yield date == 0 ? null : LocalDate.of(date / 10_000, date / 100 % 100, date % 100);
            }
        };
    }
}
