package io.weir.server.tdengine.sql;

import io.weir.server.tdengine.block.ColumnType;
import io.weir.server.tdengine.block.SqlType;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An expression as it was written. */
sealed interface Expr {

    record Literal(@Nullable Object value, ColumnType type) implements Expr {
        static final Literal NULL = new Literal(null, ColumnType.of(SqlType.NULL));
    }

    /** {@code 10s}: a number with a unit of time. */
    record Span(long count, char unit) implements Expr {}

    /** The {@code ?} of this number, from 0. */
    record Mark(int index) implements Expr {}

    record Col(String name) implements Expr {}

    record Not(Expr operand) implements Expr {}

    record Negative(Expr operand) implements Expr {}

    record Binary(String operator, Expr left, Expr right) implements Expr {}

    record IsNull(Expr operand) implements Expr {}

    record In(Expr operand, List<Expr> items) implements Expr {}

    /** A function; {@code star} for {@code count(*)}. Compared by identity: two equal calls are two columns. */
    record Call(String name, List<Expr> arguments, boolean star, boolean distinct) implements Expr {
        boolean isAggregate() {
            return Accumulator.NAMES.contains(name);
        }
    }

    record Cast(Expr operand, ColumnType type) implements Expr {}

    /** Shows this and all below it. */
    default void walk(Consumer<Expr> visitor) {
        visitor.accept(this);
        if (this instanceof Not e) {
            e.operand.walk(visitor);
        } else if (this instanceof Negative e) {
            e.operand.walk(visitor);
        } else if (this instanceof Binary e) {
            e.left.walk(visitor);
            e.right.walk(visitor);
        } else if (this instanceof IsNull e) {
            e.operand.walk(visitor);
        } else if (this instanceof In e) {
            e.operand.walk(visitor);
            e.items.forEach(item -> item.walk(visitor));
        } else if (this instanceof Call e) {
            e.arguments.forEach(argument -> argument.walk(visitor));
        } else if (this instanceof Cast e) {
            e.operand.walk(visitor);
        }
    }
}
