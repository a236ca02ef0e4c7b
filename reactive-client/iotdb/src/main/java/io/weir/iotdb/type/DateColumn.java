package io.weir.iotdb.type;

/** Dates, as the numbers yyyymmdd in which they travel. */
final class DateColumn extends IntColumn {

    DateColumn(String name, ColumnCategory category) {
        super(name, IotdbType.DATE, category);
    }

    @Override
    void set(int row, long value) {
        throw refusal(row, "a whole number");
    }

    @Override
    void setDate(int row, int yearMonthDay) {
        put(row, yearMonthDay);
    }
}
