package io.weir.server.tdengine.sql;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** SELECT. */
final class SelectParser {

    private static final List<String> AFTER_SOURCE =
            List.of("where", "group", "partition", "order", "limit", "offset", "slimit");

    private final Words words;
    private final ExprParser exprs;

    SelectParser(Words words) {
        this.words = words;
        this.exprs = new ExprParser(words);
    }

    Select select() {
        words.expect("select");
        boolean distinct = words.eat("distinct");
        words.eat("all");
        List<Select.Item> items = items();
        Select.Source source = words.eat("from") ? source() : null;
        if (items == null && source == null) {
            throw words.unexpected();
        }
        Expr where = words.eat("where") ? exprs.expression() : null;
        List<Expr> groups = new ArrayList<>();
        if (words.eat("partition", "by") || words.eat("group", "by")) {
            do {
                groups.add(exprs.expression());
            } while (words.eat(","));
        }
        List<Select.Order> orders = words.eat("order", "by") ? orders() : List.of();
        Expr limit = null;
        Expr offset = null;
        if (words.eat("limit")) {
            limit = exprs.primary();
            if (words.eat(",")) {
                offset = limit;
                limit = exprs.primary();
            } else if (words.eat("offset")) {
                offset = exprs.primary();
            }
        }
        return new Select(distinct, items, source, where, groups, orders, limit, offset, words.marks());
    }

    private @Nullable List<Select.Item> items() {
        if (words.peek().is("*") && !words.peek(1).is(",")) {
            words.take();
            return null;
        }
        List<Select.Item> items = new ArrayList<>();
        do {
            if (words.eat("*")) {
                items.add(new Select.Item(new Expr.Col("*"), "*"));
            } else {
                items.add(item());
            }
        } while (words.eat(","));
        return items;
    }

    private Select.Item item() {
        Token first = words.peek();
        Expr expr = exprs.expression();
        String written = expr instanceof Expr.Col column ? column.name() : words.textSince(first);
        if (words.eat("as")) {
            return new Select.Item(expr, alias());
        }
        Token next = words.peek();
        boolean alias = next.isName() && !next.is("from");
        return new Select.Item(expr, alias ? words.name() : written);
    }

    private String alias() {
        return words.peek().kind() == Token.Kind.STRING ? words.string() : words.name();
    }

    private Select.Source source() {
        Select.Source source;
        if (words.eat("(")) {
            source = new Select.Source(null, select());
            words.expect(")");
        } else {
            source = new Select.Source(words.qualified(), null);
        }
        words.eat("as");
        if (words.peek().isName() && AFTER_SOURCE.stream().noneMatch(words.peek()::is)) {
            words.take();
        }
        return source;
    }

    private List<Select.Order> orders() {
        List<Select.Order> orders = new ArrayList<>();
        do {
            Expr expr = exprs.expression();
            boolean descending = words.eat("desc");
            if (!descending) {
                words.eat("asc");
            }
            orders.add(new Select.Order(expr, descending));
        } while (words.eat(","));
        return orders;
    }
}
