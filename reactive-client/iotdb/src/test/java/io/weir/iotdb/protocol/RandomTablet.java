package io.weir.iotdb.protocol;

import io.weir.iotdb.type.IotdbType;
import io.weir.iotdb.type.Tablet;
import io.weir.iotdb.type.TabletRow;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A tablet of random columns and values, and the same as plain rows.
 *
 * @param rows as they were added: the time, then a value or null for each column
 */
public record RandomTablet(Tablet tablet, List<Object[]> rows) {

    private static final List<IotdbType> ALL = List.of(IotdbType.values());

    /** Of a device, with as many rows, at random times. */
    static RandomTablet of(Random random, int rows, int columns) {
        Tablet.Builder builder = Tablet.ofDevice("root.d").aligned(random.nextBoolean());
        List<IotdbType> types = new ArrayList<>();
        for (int i = 0; i < columns; i++) {
            types.add(ALL.get(random.nextInt(ALL.size())));
            builder.column("c" + i, types.get(i));
        }
        long[] times = new long[rows];
        for (int i = 0; i < rows; i++) {
            times[i] = random.nextInt(3) == 0 ? random.nextInt(rows) : i;
        }
        return fill(builder.build(), types, times, random);
    }

    /** Fills a tablet; a column is all there, all null, or a mixture. */
    public static RandomTablet fill(Tablet tablet, List<IotdbType> types, long[] times, Random random) {
        int[] nulls = random.ints(types.size(), 0, 4).toArray();
        List<Object[]> rows = new ArrayList<>();
        for (long time : times) {
            Object[] values = new Object[types.size() + 1];
            values[0] = time;
            TabletRow row = tablet.row(time);
            for (int i = 0; i < types.size(); i++) {
                boolean isNull = nulls[i] == 0 || (nulls[i] == 1 && random.nextBoolean());
                if (!isNull || random.nextInt(10) == 0) {
                    Object value = value(types.get(i), random);
                    row.set(i, value);
                    values[i + 1] = value;
                }
                if (isNull) {
                    row.set(i, (Object) null);
                    values[i + 1] = null;
                }
            }
            rows.add(values);
        }
        return new RandomTablet(tablet, rows);
    }

    public static Object value(IotdbType type, Random random) {
        return switch (type) {
            case BOOLEAN -> random.nextBoolean();
            case INT32 -> random.nextInt(5) == 0 ? Integer.MIN_VALUE : (Object) random.nextInt();
            case INT64, TIMESTAMP -> random.nextInt(5) == 0 ? Long.MAX_VALUE : (Object) random.nextLong();
            case FLOAT -> random.nextInt(5) == 0 ? Float.MIN_VALUE : (Object) random.nextFloat();
            case DOUBLE -> random.nextInt(5) == 0 ? -0.0 : (Object) random.nextGaussian();
            case TEXT, STRING ->
                List.of("", "a", "ä😀'\"\\", "line\nbreak\0", "x".repeat(random.nextInt(100)))
                        .get(random.nextInt(5));
            case BLOB -> {
                byte[] bytes = new byte[random.nextInt(20)];
                random.nextBytes(bytes);
                yield bytes;
            }
            case DATE -> LocalDate.of(1000, 1, 1).plusDays(random.nextInt(3_000_000));
        };
    }
}
