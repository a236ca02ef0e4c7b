package io.weir.server.tdengine.sql;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** INSERT in all its forms. */
final class InsertParser {

    private final Words words;
    private final ExprParser exprs;

    InsertParser(Words words) {
        this.words = words;
        this.exprs = new ExprParser(words);
    }

    Insert insert() {
        words.expect("insert", "into");
        List<Insert.Part> parts = new ArrayList<>();
        do {
            parts.add(part());
        } while (!words.atEnd());
        return new Insert(parts, words.marks());
    }

    private Insert.Part part() {
        Words.Name table = null;
        String markDatabase = null;
        if (!words.eatMark()) {
            String first = words.name();
            if (!words.eat(".")) {
                table = new Words.Name(null, first);
            } else if (words.eatMark()) {
                markDatabase = first;
            } else {
                table = new Words.Name(first, words.name());
            }
        }
        List<String> columns = words.peek().is("(") ? names() : null;
        Words.Name superTable = null;
        List<String> tagNames = null;
        List<Expr> tags = null;
        if (words.eat("using")) {
            superTable = words.qualified();
            tagNames = words.peek().is("(") ? names() : null;
            words.expect("tags", "(");
            tags = exprs.list();
            columns = columns == null && words.peek().is("(") ? names() : columns;
        }
        return new Insert.Part(table, markDatabase, superTable, tagNames, tags, columns, rows());
    }

    private List<List<Expr>> rows() {
        words.expect("values", "(");
        List<List<Expr>> rows = new ArrayList<>();
        do {
            rows.add(exprs.list());
            words.eat(",");
        } while (words.eat("("));
        return rows;
    }

    private @Nullable List<String> names() {
        words.expect("(");
        List<String> names = new ArrayList<>();
        do {
            names.add(words.name());
        } while (words.eat(","));
        words.expect(")");
        return names;
    }
}
