package io.weir.server.tdengine.sql;

import io.weir.server.tdengine.block.Column;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Runs one query: rows stream through it as long as nothing has to be grouped or sorted. */
final class SelectRunner {

    private static final @Nullable Object[] NO_ROW = {};

    private final Select select;
    private final SqlSession session;
    private final List<Expr.Literal> bound;

    SelectRunner(Select select, SqlSession session, List<Expr.Literal> bound) {
        this.select = select;
        this.session = session;
        this.bound = bound;
    }

    Answer.Rows run() {
        Generated generated = generated();
        if (generated != null && isPlain()) {
            return new Answer.Rows(
                    generated.columns(),
                    Precision.MILLIS,
                    generated.cursor(number(select.offset(), 0), number(select.limit(), Long.MAX_VALUE)));
        }
        return over(generated != null ? generated.scan() : scan());
    }

    /** The same query over other rows. */
    Answer.Rows over(Scan scan) {
        Scope scope = new Scope(scan.columns());
        Evaluator evaluator = new Evaluator(scope, bound, session.moment(scan.precision()), session);
        List<Select.Item> items = items(scan);
        List<Column> columns = new ArrayList<>();
        for (Select.Item item : items) {
            columns.add(new Column(item.name(), evaluator.typing().of(item.expr())));
        }
        Iterable<@Nullable Object[]> once = scan::rows;
        Stream<@Nullable Object[]> rows = StreamSupport.stream(once.spliterator(), false);
        Expr where = select.where();
        if (where != null) {
            rows = rows.filter(row -> evaluator.isTrue(where, row));
        }
        boolean grouped = !select.groups().isEmpty() || !calls(items).isEmpty();
        Stream<Found> found = grouped
                ? groups(evaluator, items, rows, scan.columns().size())
                : rows.map(row -> new Found(values(evaluator, items, row), sortKeys(evaluator, items, row)));
        return Answer.Rows.of(
                columns, scan.precision(), ordered(found).map(Found::values).iterator(), Generated.BLOCK_ROWS);
    }

    /** One row of the result, with what it is sorted by. */
    @SuppressWarnings("ArrayRecordComponent") // It is passed on and never compared.
    private record Found(
            @Nullable Object[] values, @Nullable Object[] sortKeys) {}

    private @Nullable Generated generated() {
        Select.Source source = select.source();
        Words.Name table = source == null ? null : source.table();
        if (table == null) {
            return null;
        }
        String database = table.database() == null ? session.database() : table.database();
        return Generated.DATABASE.equals(database) ? Generated.of(table.name()) : null;
    }

    private boolean isPlain() {
        return select.items() == null
                && select.where() == null
                && select.groups().isEmpty()
                && select.orders().isEmpty()
                && !select.distinct();
    }

    private Scan scan() {
        Select.Source source = select.source();
        if (source == null) {
            return Scan.of(List.of(), List.<@Nullable Object[]>of(NO_ROW));
        } else if (source.query() != null) {
            Answer.Rows inner = source.query().run(session, bound);
            return new Scan(
                    inner.columns(),
                    inner.columns().size(),
                    inner.precision(),
                    inner.all().iterator());
        }
        Words.Name name = Objects.requireNonNull(source.table());
        Scan system = SystemTables.find(session, name);
        if (system != null) {
            return system;
        }
        Database database = session.database(name.database());
        return Scan.of(database, database.table(name.name()));
    }

    private List<Select.Item> items(Scan scan) {
        List<Select.Item> written = select.items();
        List<Select.Item> items = new ArrayList<>();
        for (Select.Item item : written == null ? List.of(new Select.Item(new Expr.Col("*"), "*")) : written) {
            if (item.expr() instanceof Expr.Col column && column.name().equals("*")) {
                for (Column each : scan.columns().subList(0, scan.shown())) {
                    items.add(new Select.Item(new Expr.Col(each.name()), each.name()));
                }
            } else {
                items.add(item);
            }
        }
        return items;
    }

    private List<Expr.Call> calls(List<Select.Item> items) {
        List<Expr.Call> calls = new ArrayList<>();
        Stream.concat(
                        items.stream().map(Select.Item::expr),
                        select.orders().stream().map(Select.Order::expr))
                .forEach(expr -> expr.walk(part -> {
                    if (part instanceof Expr.Call call && call.isAggregate()) {
                        calls.add(call);
                    }
                }));
        return calls;
    }

    private Stream<Found> groups(
            Evaluator evaluator, List<Select.Item> items, Stream<@Nullable Object[]> rows, int width) {
        List<Expr.Call> calls = calls(items);
        Map<List<String>, Group> groups = new LinkedHashMap<>();
        if (select.groups().isEmpty()) {
            groups.put(List.of(), new Group(calls));
        }
        rows.forEach(row -> {
            List<String> key = new ArrayList<>();
            for (Expr expr : select.groups()) {
                key.add(String.valueOf(evaluator.value(expr, row)));
            }
            groups.computeIfAbsent(key, first -> new Group(calls)).add(evaluator, row);
        });
        boolean counts = calls.stream().anyMatch(call -> call.name().equals("count"));
        List<Found> found = new ArrayList<>();
        for (Group group : groups.values()) {
            if (group.first != null || counts) {
                @Nullable Object[] row = group.first == null ? new Object[width] : group.first;
                evaluator.use(group.accumulators);
                found.add(new Found(values(evaluator, items, row), sortKeys(evaluator, items, row)));
            }
        }
        return found.stream();
    }

    private static final class Group {
        private final IdentityHashMap<Expr.Call, Accumulator> accumulators = new IdentityHashMap<>();
        private @Nullable Object @Nullable [] first;

        Group(List<Expr.Call> calls) {
            calls.forEach(call -> accumulators.put(call, new Accumulator(call)));
        }

        void add(Evaluator evaluator, @Nullable Object[] row) {
            first = first == null ? row : first;
            accumulators.values().forEach(accumulator -> accumulator.add(evaluator, row));
        }
    }

    private static @Nullable Object[] values(Evaluator evaluator, List<Select.Item> items, @Nullable Object[] row) {
        @Nullable Object[] values = new Object[items.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = evaluator.value(items.get(i).expr(), row);
        }
        return values;
    }

    private @Nullable Object[] sortKeys(Evaluator evaluator, List<Select.Item> items, @Nullable Object[] row) {
        @Nullable Object[] keys = new Object[select.orders().size()];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = evaluator.value(resolved(select.orders().get(i).expr(), items), row);
        }
        return keys;
    }

    /** ORDER BY may name a result's column by its place or its alias. */
    private static Expr resolved(Expr expr, List<Select.Item> items) {
        if (expr instanceof Expr.Literal literal && literal.value() instanceof Long place) {
            if (place < 1 || place > items.size()) {
                throw new TaosError(0x2600, "Order by position is out of range: " + place);
            }
            return items.get((int) (place - 1)).expr();
        } else if (expr instanceof Expr.Col column) {
            for (Select.Item item : items) {
                if (item.name().equals(column.name())) {
                    return item.expr();
                }
            }
        }
        return expr;
    }

    private Stream<Found> ordered(Stream<Found> found) {
        Stream<Found> rows = found;
        if (!select.orders().isEmpty()) {
            rows = rows.sorted(order());
        }
        if (select.distinct()) {
            Set<List<String>> seen = new HashSet<>();
            rows = rows.filter(
                    row -> seen.add(Stream.of(row.values()).map(String::valueOf).toList()));
        }
        return rows.skip(number(select.offset(), 0)).limit(number(select.limit(), Long.MAX_VALUE));
    }

    private Comparator<Found> order() {
        return (left, right) -> {
            for (int i = 0; i < select.orders().size(); i++) {
                int order = Compare.values(left.sortKeys()[i], right.sortKeys()[i]);
                if (order != 0) {
                    return select.orders().get(i).descending() ? -order : order;
                }
            }
            return 0;
        };
    }

    private long number(@Nullable Expr expr, long otherwise) {
        if (expr == null) {
            return otherwise;
        }
        Evaluator evaluator = new Evaluator(new Scope(List.of()), bound, session.moment(Precision.MILLIS), session);
        Object value = evaluator.value(expr, NO_ROW);
        if (!(value instanceof Long number)) {
            throw TaosError.syntax("LIMIT " + value);
        }
        return number;
    }
}
