package io.weir.server.tdengine.sql;

import io.weir.server.tdengine.block.SqlType;
import java.math.BigDecimal;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Computes expressions over rows. NULL in gives NULL out, except where SQL says otherwise. */
final class Evaluator {

    private final Scope scope;
    private final Typing typing;
    private final Moment moment;
    private final Functions functions;
    private IdentityHashMap<Expr.Call, Accumulator> aggregates = new IdentityHashMap<>();

    Evaluator(Scope scope, List<Expr.Literal> bound, Moment moment, SqlSession session) {
        this.scope = scope;
        this.typing = new Typing(scope, bound);
        this.moment = moment;
        this.functions = new Functions(moment, session);
    }

    Typing typing() {
        return typing;
    }

    /** From now on aggregate functions give what these have gathered. */
    void use(IdentityHashMap<Expr.Call, Accumulator> gathered) {
        aggregates = gathered;
    }

    boolean isTrue(Expr expr, @Nullable Object[] row) {
        Object value = value(expr, row);
        return value != null
                && (value instanceof Boolean flag
                        ? flag
                        : Coercion.decimal(value).signum() != 0);
    }

    @Nullable Object value(Expr expr, @Nullable Object[] row) {
        if (expr instanceof Expr.Col e) {
            return row[scope.place(e.name())];
        } else if (expr instanceof Expr.Literal e) {
            return e.value();
        } else if (expr instanceof Expr.Mark e) {
            return typing.literal(e).value();
        } else if (expr instanceof Expr.Binary e) {
            return binary(e, row);
        } else if (expr instanceof Expr.Call e) {
            return call(e, row);
        } else if (expr instanceof Expr.Span e) {
            return moment.precision().span(e.count(), e.unit());
        } else if (expr instanceof Expr.IsNull e) {
            return value(e.operand(), row) == null;
        } else if (expr instanceof Expr.In e) {
            return e.items().stream().anyMatch(item -> compared("=", e.operand(), item, row));
        }
        return unary(expr, row);
    }

    private @Nullable Object unary(Expr expr, @Nullable Object[] row) {
        if (expr instanceof Expr.Not e) {
            Object value = value(e.operand(), row);
            return value == null ? null : !isTrue(e.operand(), row);
        } else if (expr instanceof Expr.Negative e) {
            Object value = value(e.operand(), row);
            if (value == null) {
                return null;
            }
            return value instanceof Double real
                    ? (Object) (-real)
                    : shrink(Coercion.decimal(value).negate());
        } else if (expr instanceof Expr.Cast e) {
            Object value = value(e.operand(), row);
            if (value == null) {
                return null;
            }
            boolean time = typing.of(e.operand()).kind() == SqlType.TIMESTAMP
                    && e.type().kind() == SqlType.VARCHAR;
            return time
                    ? moment.precision().format((Long) value, moment.zone())
                    : Coercion.convert(value, e.type(), moment);
        }
        throw new IllegalStateException("No value for " + expr);
    }

    private static Object shrink(BigDecimal number) {
        return number.scale() <= 0 && number.toBigInteger().bitLength() < Long.SIZE
                ? (Object) number.longValueExact()
                : number;
    }

    private @Nullable Object binary(Expr.Binary e, @Nullable Object[] row) {
        return switch (e.operator()) {
            case "and" -> isTrue(e.left(), row) && isTrue(e.right(), row);
            case "or" -> isTrue(e.left(), row) || isTrue(e.right(), row);
            case "+", "-", "*", "/", "%" -> arithmetic(e, row);
            case "like", "match", "contains", "->" -> {
                Object left = value(e.left(), row);
                Object right = value(e.right(), row);
                yield left == null || right == null
                        ? null
                        : Functions.texts(e.operator(), left.toString(), right.toString());
            }
            default -> compared(e.operator(), e.left(), e.right(), row);
        };
    }

    private boolean compared(String operator, Expr left, Expr right, @Nullable Object[] row) {
        Object a = comparable(left, right, row);
        Object b = comparable(right, left, row);
        if (a == null || b == null) {
            return false;
        }
        int order = Compare.values(a, b);
        return switch (operator) {
            case "=" -> order == 0;
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            case ">=" -> order >= 0;
            default -> order != 0;
        };
    }

    /** Text that is compared with a time is a time; a JSON string loses its quotes; bytes are written in hex. */
    private @Nullable Object comparable(Expr expr, Expr other, @Nullable Object[] row) {
        Object value = value(expr, row);
        if (value instanceof String text) {
            SqlType wanted = typing.of(other).kind();
            if (wanted == SqlType.TIMESTAMP || wanted == SqlType.VARBINARY || wanted == SqlType.BLOB) {
                return Coercion.convert(text, typing.of(other), moment);
            } else if (typing.of(expr).kind() == SqlType.JSON && text.startsWith("\"")) {
                return text.substring(1, text.length() - 1);
            }
        }
        return value;
    }

    private @Nullable Object arithmetic(Expr.Binary e, @Nullable Object[] row) {
        Object left = value(e.left(), row);
        Object right = value(e.right(), row);
        if (left == null || right == null) {
            return null;
        }
        SqlType kind = typing.of(e).kind();
        if (kind == SqlType.DOUBLE) {
            double a = Coercion.decimal(left).doubleValue();
            double b = Coercion.decimal(right).doubleValue();
            return switch (e.operator()) {
                case "+" -> a + b;
                case "-" -> a - b;
                case "*" -> a * b;
                case "/" -> b == 0 ? null : (Object) (a / b);
                default -> b == 0 ? null : (Object) (a % b);
            };
        }
        long sign = e.operator().equals("-") ? -1 : 1;
        if (e.right() instanceof Expr.Span span) {
            return moment.precision().plus((Long) left, sign * span.count(), span.unit(), moment.zone());
        }
        return ((Number) left).longValue() + sign * ((Number) right).longValue();
    }

    private @Nullable Object call(Expr.Call e, @Nullable Object[] row) {
        if (e.isAggregate()) {
            Accumulator gathered = aggregates.get(e);
            if (gathered == null) {
                throw new TaosError(0x2606, "Not a group by expression: " + e.name());
            }
            return gathered.result(typing.of(e).kind());
        }
        @Nullable Object[] arguments = new Object[e.arguments().size()];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = value(e.arguments().get(i), row);
            if (arguments[i] == null) {
                return null;
            }
        }
        if (e.name().equals("tbname")) {
            return row[scope.place("tbname")];
        }
        return functions.call(e.name(), arguments);
    }
}
