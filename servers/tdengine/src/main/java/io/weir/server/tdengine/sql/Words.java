package io.weir.server.tdengine.sql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The words of a statement with a place that moves on. */
final class Words {

    private final String sql;
    private final List<Token> tokens;
    private int at;
    private int marks;

    Words(String sql) {
        this.sql = sql;
        this.tokens = Lexer.tokens(sql);
    }

    Token peek() {
        return peek(0);
    }

    Token peek(int ahead) {
        return tokens.get(Math.min(at + ahead, tokens.size() - 1));
    }

    Token take() {
        Token token = peek();
        at = Math.min(at + 1, tokens.size() - 1);
        return token;
    }

    /** Goes on over these words if all of them come next. */
    boolean eat(String... words) {
        for (int i = 0; i < words.length; i++) {
            if (!peek(i).is(words[i])) {
                return false;
            }
        }
        at += words.length;
        return true;
    }

    void expect(String... words) {
        for (String word : words) {
            if (!eat(word)) {
                throw unexpected();
            }
        }
    }

    /** Whether a {@code ?} comes next; it is counted. */
    boolean eatMark() {
        if (!eat("?")) {
            return false;
        }
        marks++;
        return true;
    }

    /** Placeholders so far. */
    int marks() {
        return marks;
    }

    String name() {
        if (!peek().isName()) {
            throw unexpected();
        }
        return take().name();
    }

    /** {@code name} or {@code db.name}. */
    Name qualified() {
        String first = name();
        return eat(".") ? new Name(first, name()) : new Name(null, first);
    }

    String string() {
        if (peek().kind() != Token.Kind.STRING) {
            throw unexpected();
        }
        return take().text();
    }

    long integer() {
        if (peek().kind() != Token.Kind.INTEGER) {
            throw unexpected();
        }
        return Long.parseLong(take().text());
    }

    void end() {
        eat(";");
        if (peek().kind() != Token.Kind.END) {
            throw unexpected();
        }
    }

    boolean atEnd() {
        return peek().kind() == Token.Kind.END || peek().is(";");
    }

    /** The statement's text from this word to the one before the current. */
    String textSince(Token first) {
        return sql.substring(first.from(), tokens.get(at - 1).to());
    }

    TaosError unexpected() {
        if (peek().kind() == Token.Kind.END) {
            return new TaosError(0x2601, "Incomplete SQL statement");
        }
        String rest = sql.substring(peek().from());
        return TaosError.syntax(rest.substring(0, Math.min(rest.length(), 80)));
    }

    /** A name with the database before it, if there is one. */
    record Name(@Nullable String database, String name) {}
}
