package io.weir.core;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.Collectors;

/** The columns of a result, by position and by label. Immutable. */
public final class Columns {

    private final List<Column> list;
    private final Map<String, Integer> folded = new HashMap<>();

    private Columns(List<Column> list) {
        this.list = List.copyOf(list);
        for (int i = 0; i < this.list.size(); i++) {
            folded.putIfAbsent(fold(this.list.get(i).name()), i);
        }
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
                    + " (0 to " + (list.size() - 1) + ")");
        }
        return list.get(index);
    }

    /** Whether there is a column with that label, whatever its case. */
    public boolean contains(String name) {
        return folded.containsKey(fold(name));
    }

    /**
     * The position of a label; the case does not matter, the first of several wins.
     *
     * @throws NoSuchElementException naming the label and those that exist
     */
    public int indexOf(String name) {
        Integer index = folded.get(fold(name));
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

    private static String fold(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
