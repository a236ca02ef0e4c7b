package io.weir.core;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The columns of a result, by position and by label. Immutable. */
public final class Columns {

    private final List<Column> list;
    /* Made when a label is asked for: small results, read by position, would spend much of their time on it. */
    private volatile @Nullable Map<String, Integer> positions;

    private Columns(List<Column> list) {
        this.list = List.copyOf(list);
    }

    /* Labels in lower case, and each as it came too: who asks in that case, row after row, makes no string for it. */
    private static Map<String, Integer> positions(List<Column> columns) {
        Map<String, Integer> positions = new HashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            positions.putIfAbsent(fold(columns.get(i).name()), i);
        }
        for (Column column : columns) {
            // Its own position may be another one: the first of several that differ in case only wins.
            positions.putIfAbsent(column.name(), positions.getOrDefault(fold(column.name()), 0));
        }
        return positions;
    }

    public static Columns of(List<Column> columns) {
        return new Columns(columns);
    }

    public int size() {
        return list.size();
    }

    /** All columns in the order of the result. */
    public List<Column> asList() {
        return list;
    }

    /**
     * The column at a position.
     *
     * @throws IndexOutOfBoundsException naming the position and how many there are
     */
    public Column get(int index) {
        if (index < 0 || index >= list.size()) {
            throw new IndexOutOfBoundsException("There is no column " + index + ": this result has " + list.size()
                    + (list.isEmpty() ? "" : " (0 to " + (list.size() - 1) + ")"));
        }
        return list.get(index);
    }

    /** Whether there is a column with that label, whatever its case. */
    public boolean contains(String name) {
        return find(name) != null;
    }

    /**
     * The position of a label; the case does not matter, the first of several wins.
     *
     * @throws NoSuchElementException naming the label and those that exist
     */
    public int indexOf(String name) {
        Integer index = find(name);
        if (index != null) {
            return index;
        }
        throw new NoSuchElementException("There is no column '" + name + "': this result has "
                + list.stream().map(Column::name).collect(Collectors.joining(", ", "[", "]")));
    }

    @Override
    public String toString() {
        return list.toString();
    }

    private @Nullable Integer find(String name) {
        Map<String, Integer> known = positions;
        if (known == null) {
            known = positions(list);
            positions = known;
        }
        Integer index = known.get(name);
        return index != null ? index : known.get(fold(name));
    }

    private static String fold(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
