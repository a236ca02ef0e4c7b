package io.weir.server.tdengine.sql;

import io.weir.server.tdengine.block.SqlType;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One aggregate function over the rows of one group. */
final class Accumulator {

    static final Set<String> NAMES = Set.of("count", "sum", "min", "max", "avg", "first", "last", "last_row", "spread");

    private final Expr.Call call;
    private final Set<Object> seen = new HashSet<>();
    private long count;
    private long wholeSum;
    private BigDecimal exactSum = BigDecimal.ZERO;
    private double realSum;
    private @Nullable Object kept;
    private @Nullable Object largest;

    Accumulator(Expr.Call call) {
        this.call = call;
    }

    void add(Evaluator evaluator, @Nullable Object[] row) {
        Object value = call.star() ? call : evaluator.value(call.arguments().get(0), row);
        boolean rowItself = call.name().equals("last_row");
        if ((value == null && !rowItself) || (call.distinct() && !seen.add(String.valueOf(value)))) {
            return;
        }
        count++;
        switch (call.name()) {
            case "sum", "avg" -> sum(value);
            case "first" -> kept = count == 1 ? value : kept;
            case "last", "last_row" -> kept = value;
            case "min", "max", "spread" -> {
                kept = count == 1 || Compare.values(value, kept) < 0 ? value : kept;
                largest = count == 1 || Compare.values(value, largest) > 0 ? value : largest;
            }
            default -> {
                // count needs no value.
            }
        }
    }

    private void sum(@Nullable Object value) {
        if (value instanceof Long whole) {
            wholeSum += whole;
            realSum += whole;
        } else if (value instanceof BigDecimal exact) {
            exactSum = exactSum.add(exact);
            realSum += exact.doubleValue();
        } else if (value != null) {
            realSum += Coercion.decimal(value).doubleValue();
        }
    }

    /** The result as the type that {@link Typing} announces. */
    @Nullable Object result(SqlType kind) {
        if (call.name().equals("count")) {
            return count;
        } else if (count == 0) {
            return null;
        }
        return switch (call.name()) {
            case "sum" ->
                switch (kind) {
                    case DOUBLE -> realSum;
                    case DECIMAL, DECIMAL64 -> exactSum;
                    default -> wholeSum;
                };
            case "avg" -> realSum / count;
            case "max" -> largest;
            case "spread" -> number(largest) - number(kept);
            default -> kept;
        };
    }

    private static double number(@Nullable Object value) {
        return value == null ? 0 : Coercion.decimal(value).doubleValue();
    }
}
