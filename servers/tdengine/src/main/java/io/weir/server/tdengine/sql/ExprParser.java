package io.weir.server.tdengine.sql;

import io.weir.server.tdengine.block.ColumnType;
import io.weir.server.tdengine.block.SqlType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Expressions, from OR down to literals. */
final class ExprParser {

    private static final List<String> COMPARISONS = List.of("=", "==", "!=", "<>", "<", "<=", ">", ">=");

    private final Words words;

    ExprParser(Words words) {
        this.words = words;
    }

    Expr expression() {
        Expr left = and();
        while (words.eat("or")) {
            left = new Expr.Binary("or", left, and());
        }
        return left;
    }

    private Expr and() {
        Expr left = not();
        while (words.eat("and")) {
            left = new Expr.Binary("and", left, not());
        }
        return left;
    }

    private Expr not() {
        return words.eat("not") ? new Expr.Not(not()) : comparison();
    }

    private Expr comparison() {
        Expr left = sum();
        for (String operator : COMPARISONS) {
            if (words.eat(operator)) {
                return new Expr.Binary(operator.equals("==") ? "=" : operator, left, sum());
            }
        }
        if (words.eat("is", "not", "null")) {
            return new Expr.Not(new Expr.IsNull(left));
        } else if (words.eat("is", "null")) {
            return new Expr.IsNull(left);
        }
        boolean negated = words.eat("not");
        Expr found;
        if (words.eat("between")) {
            Expr low = sum();
            words.expect("and");
            found = new Expr.Binary("and", new Expr.Binary(">=", left, low), new Expr.Binary("<=", left, sum()));
        } else if (words.eat("in")) {
            words.expect("(");
            found = new Expr.In(left, list());
        } else if (words.eat("like")) {
            found = new Expr.Binary("like", left, sum());
        } else if (words.eat("match")) {
            found = new Expr.Binary("match", left, sum());
        } else if (words.eat("contains")) {
            found = new Expr.Binary("contains", left, sum());
        } else if (negated) {
            throw words.unexpected();
        } else {
            return left;
        }
        return negated ? new Expr.Not(found) : found;
    }

    private Expr sum() {
        Expr left = product();
        while (words.peek().is("+") || words.peek().is("-")) {
            left = new Expr.Binary(words.take().text(), left, product());
        }
        return left;
    }

    private Expr product() {
        Expr left = unary();
        while (words.peek().is("*") || words.peek().is("/") || words.peek().is("%")) {
            left = new Expr.Binary(words.take().text(), left, unary());
        }
        return left;
    }

    private Expr unary() {
        if (words.eat("-")) {
            return new Expr.Negative(unary());
        }
        words.eat("+");
        Expr value = primary();
        while (words.eat("->")) {
            value = new Expr.Binary("->", value, primary());
        }
        return value;
    }

    /** One literal, placeholder, column, call or bracket. */
    Expr primary() {
        Token token = words.peek();
        if (words.eatMark()) {
            return new Expr.Mark(words.marks() - 1);
        } else if (words.eat("(")) {
            Expr inner = expression();
            words.expect(")");
            return inner;
        }
        return switch (token.kind()) {
            case STRING -> {
                String text = words.take().text();
                yield new Expr.Literal(text, ColumnType.of(SqlType.VARCHAR, Math.max(1, Texts.utf8(text).length)));
            }
            case INTEGER -> new Expr.Literal(integer(words.take().text()), ColumnType.of(SqlType.BIGINT));
            case DECIMAL -> new Expr.Literal(new BigDecimal(words.take().text()), ColumnType.of(SqlType.DOUBLE));
            case DURATION -> {
                String text = words.take().text();
                yield new Expr.Span(
                        Long.parseLong(text.substring(0, text.length() - 1)), text.charAt(text.length() - 1));
            }
            case WORD, QUOTED -> named(token);
            default -> throw words.unexpected();
        };
    }

    private static Object integer(String text) {
        if (text.startsWith("0x") || text.startsWith("0X")) {
            return Long.parseUnsignedLong(text.substring(2), 16);
        }
        BigInteger whole = new BigInteger(text);
        return whole.bitLength() < Long.SIZE ? (Object) whole.longValue() : whole;
    }

    private Expr named(Token token) {
        if (words.peek(1).is("(") && token.kind() == Token.Kind.WORD) {
            return call();
        } else if (token.is("null")) {
            words.take();
            return Expr.Literal.NULL;
        } else if (token.is("true") || token.is("false")) {
            return new Expr.Literal(Boolean.valueOf(words.take().text()), ColumnType.of(SqlType.BOOL));
        } else if (token.is("now") || token.is("today")) {
            return new Expr.Call(words.name(), List.of(), false, false);
        } else if (token.is("timestamp") && words.peek(1).kind() == Token.Kind.STRING) {
            words.take();
            return new Expr.Cast(primary(), ColumnType.of(SqlType.TIMESTAMP));
        }
        Words.Name name = words.qualified();
        return new Expr.Col(words.eat(".") ? words.name() : name.name());
    }

    private Expr call() {
        String name = words.take().text().toLowerCase(Locale.ROOT);
        words.expect("(");
        if (name.equals("cast")) {
            Expr operand = expression();
            words.expect("as");
            ColumnType type = TypeParser.type(words);
            words.expect(")");
            return new Expr.Cast(operand, type);
        } else if (words.eat("*")) {
            words.expect(")");
            return new Expr.Call(name, List.of(), true, false);
        } else if (words.eat(")")) {
            return new Expr.Call(name, List.of(), false, false);
        }
        boolean distinct = words.eat("distinct");
        return new Expr.Call(name, list(), false, distinct);
    }

    /** Expressions up to the closing bracket. */
    List<Expr> list() {
        List<Expr> items = new ArrayList<>();
        do {
            items.add(expression());
        } while (words.eat(","));
        words.expect(")");
        return items;
    }
}
