package io.weir.testkit.compliance.toy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Tables in memory and as little SQL as the compliance tests need. */
final class ToyEngine {

    /** What a statement answers: rows, or a count without columns. */
    record Answer(List<String> columns, Iterator<List<Object>> rows, long count) {}

    /** A refusal; the kind is the name of an R2DBC exception without frills. */
    static final class Refusal extends RuntimeException {

        private static final long serialVersionUID = 1L;

        final String kind;

        Refusal(String kind, String message) {
            super(message);
            this.kind = kind;
        }
    }

    private record Table(List<String> columns, List<List<Object>> rows) {}

    private static final Pattern CREATE = Pattern.compile("(?i)CREATE TABLE (\\w+) \\((.*)\\)");
    private static final Pattern DROP = Pattern.compile("(?i)DROP TABLE (\\w+)");
    private static final Pattern INSERT = Pattern.compile("(?i)INSERT INTO (\\w+) VALUES ?(\\(.*\\))");
    private static final Pattern SELECT = Pattern.compile("(?i)SELECT (.*) FROM (\\w+)(?: WHERE (\\w+) = (\\S+))?");
    private static final Pattern ONE_WORD = Pattern.compile("(?i)(SCAN|REFUSE|HUGE) (\\w+)");
    private static final Pattern TUPLE = Pattern.compile("\\(([^()]*)\\)");

    private final Map<String, Table> tables = new ConcurrentHashMap<>();

    Answer run(String sql) {
        Matcher create = CREATE.matcher(sql);
        if (create.matches()) {
            List<String> columns = new ArrayList<>();
            for (String column : create.group(2).replaceAll("\\(\\d+\\)", "").split(",", -1)) {
                columns.add(column.strip().split(" ", -1)[0]);
            }
            tables.put(create.group(1), new Table(columns, new ArrayList<>()));
            return count(0);
        }
        Matcher drop = DROP.matcher(sql);
        if (drop.matches()) {
            table(drop.group(1));
            tables.remove(drop.group(1));
            return count(0);
        }
        Matcher insert = INSERT.matcher(sql);
        if (insert.matches()) {
            return insert(table(insert.group(1)), insert.group(2));
        }
        Matcher select = SELECT.matcher(sql);
        if (select.matches()) {
            return select(table(select.group(2)), select);
        }
        Matcher word = ONE_WORD.matcher(sql);
        if (word.matches()) {
            return special(word.group(1).toUpperCase(Locale.ROOT), word.group(2));
        }
        throw new Refusal("BadGrammar", "do not understand: " + sql);
    }

    private static Answer special(String verb, String argument) {
        switch (verb) {
            case "SCAN" -> {
                Iterator<List<Object>> rows = IntStream.range(0, Integer.parseInt(argument))
                        .mapToObj(i -> List.<Object>of(i, "a text that makes row " + i + " a little longer"))
                        .iterator();
                return new Answer(List.of("v", "t"), rows, 0);
            }
            case "HUGE" -> {
                return count(Long.parseLong(argument));
            }
            default -> throw new Refusal(argument, "refused, as it was asked to");
        }
    }

    private static Answer insert(Table table, String tuples) {
        Matcher tuple = TUPLE.matcher(tuples);
        List<List<Object>> rows = new ArrayList<>();
        while (tuple.find()) {
            List<Object> row = new ArrayList<>();
            for (String literal : tuple.group(1).split(",", -1)) {
                row.add(value(literal.strip()));
            }
            rows.add(row);
        }
        synchronized (table.rows) {
            table.rows.addAll(rows);
        }
        return count(rows.size());
    }

    private static Answer select(Table table, Matcher select) {
        List<String> labels = new ArrayList<>();
        List<Integer> sources = new ArrayList<>();
        for (String item : select.group(1).split(",", -1)) {
            String[] words = item.strip().split(" ", -1);
            sources.add(column(table, words[0]));
            labels.add(words[words.length - 1]);
        }
        List<List<Object>> rows;
        synchronized (table.rows) {
            rows = new ArrayList<>(table.rows);
        }
        if (select.group(3) != null) {
            int column = column(table, select.group(3));
            Object wanted = value(select.group(4));
            rows.removeIf(row -> !wanted.equals(row.get(column)));
        }
        if (labels.contains("v")) {
            rows.sort(Comparator.comparing(row -> (Integer) row.get(0)));
        }
        Iterator<List<Object>> chosen = rows.stream()
                .map(row -> sources.stream().map(row::get).toList())
                .iterator();
        return new Answer(labels, chosen, 0);
    }

    private static int column(Table table, String name) {
        int index = table.columns.indexOf(name);
        if (index < 0) {
            throw new Refusal("BadGrammar", "no column " + name);
        }
        return index;
    }

    private Table table(String name) {
        Table table = tables.get(name);
        if (table == null) {
            throw new Refusal("BadGrammar", "no table " + name);
        }
        return table;
    }

    private static Object value(String literal) {
        if (literal.startsWith("'")) {
            return literal.substring(1, literal.length() - 1);
        }
        if (literal.startsWith("x'")) {
            return ByteBuffer.wrap(HexFormat.of().parseHex(literal, 2, literal.length() - 1));
        }
        return literal.equalsIgnoreCase("null") ? ToyFrames.NULL : (Object) Integer.valueOf(literal);
    }

    private static Answer count(long count) {
        return new Answer(List.of(), List.<List<Object>>of().iterator(), count);
    }
}
