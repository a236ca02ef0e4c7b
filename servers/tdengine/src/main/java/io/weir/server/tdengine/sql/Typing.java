package io.weir.server.tdengine.sql;

import io.weir.server.tdengine.block.ColumnType;
import io.weir.server.tdengine.block.SqlType;
import java.util.List;

/** The type that an expression has before any row is read. */
final class Typing {

    private final Scope scope;
    private final List<Expr.Literal> bound;

    Typing(Scope scope, List<Expr.Literal> bound) {
        this.scope = scope;
        this.bound = bound;
    }

    ColumnType of(Expr expr) {
        if (expr instanceof Expr.Literal e) {
            return e.type();
        } else if (expr instanceof Expr.Mark e) {
            return literal(e).type();
        } else if (expr instanceof Expr.Col e) {
            return scope.column(e.name()).type();
        } else if (expr instanceof Expr.Cast e) {
            return e.type();
        } else if (expr instanceof Expr.Negative e) {
            return of(e.operand());
        } else if (expr instanceof Expr.Span) {
            return ColumnType.of(SqlType.BIGINT);
        } else if (expr instanceof Expr.Binary e) {
            return binary(e);
        } else if (expr instanceof Expr.Call e) {
            return call(e);
        }
        return ColumnType.of(SqlType.BOOL);
    }

    Expr.Literal literal(Expr.Mark mark) {
        if (mark.index() >= bound.size()) {
            throw new TaosError(0x022A, "Stmt API usage error: parameter " + (mark.index() + 1) + " is not bound");
        }
        return bound.get(mark.index());
    }

    private ColumnType binary(Expr.Binary e) {
        return switch (e.operator()) {
            case "+", "-", "*", "/", "%" -> {
                ColumnType left = of(e.left());
                ColumnType right = of(e.right());
                if (left.kind() == SqlType.TIMESTAMP || right.kind() == SqlType.TIMESTAMP) {
                    boolean difference = left.kind() == right.kind();
                    yield ColumnType.of(difference ? SqlType.BIGINT : SqlType.TIMESTAMP);
                }
                yield ColumnType.of(SqlType.DOUBLE);
            }
            case "->" -> ColumnType.of(SqlType.JSON);
            default -> ColumnType.of(SqlType.BOOL);
        };
    }

    private ColumnType call(Expr.Call e) {
        return switch (e.name()) {
            case "count", "length", "char_length" -> ColumnType.of(SqlType.BIGINT);
            case "avg", "spread", "sqrt", "pow" -> ColumnType.of(SqlType.DOUBLE);
            case "sum" -> sum(argument(e));
            case "min", "max", "first", "last", "last_row", "abs", "floor", "ceil", "round" -> argument(e);
            case "now", "today" -> ColumnType.of(SqlType.TIMESTAMP);
            case "server_status" -> ColumnType.of(SqlType.INT);
            case "lower", "upper", "concat" -> ColumnType.of(SqlType.VARCHAR, 65517);
            case "database", "timezone", "current_user", "server_version", "client_version", "tbname" ->
                ColumnType.of(SqlType.VARCHAR, 64);
            default -> throw new TaosError(0x2801, "Invalid function name: " + e.name());
        };
    }

    private ColumnType argument(Expr.Call e) {
        if (e.arguments().isEmpty()) {
            throw new TaosError(0x2802, "Invalid number of parameters : " + e.name());
        }
        return of(e.arguments().get(0));
    }

    private static ColumnType sum(ColumnType of) {
        if (of.kind().isDecimal()) {
            return ColumnType.decimal(38, of.scale());
        }
        boolean whole = of.kind().isInteger() || of.kind() == SqlType.BOOL;
        return ColumnType.of(whole ? SqlType.BIGINT : SqlType.DOUBLE);
    }
}
