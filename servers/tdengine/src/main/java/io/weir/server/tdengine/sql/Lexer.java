package io.weir.server.tdengine.sql;

import java.util.ArrayList;
import java.util.List;

/** Cuts a statement into words: two kinds of string literals, back-ticks, comments, escapes. */
final class Lexer {

    private static final String UNITS = "buasmhdwny";
    private static final List<String> LONG_SYMBOLS = List.of("->", "<=", ">=", "<>", "!=", "==", "||");

    private final String sql;
    private int at;

    private Lexer(String sql) {
        this.sql = sql;
    }

    static List<Token> tokens(String sql) {
        Lexer lexer = new Lexer(sql);
        List<Token> tokens = new ArrayList<>();
        Token token;
        do {
            token = lexer.next();
            tokens.add(token);
        } while (token.kind() != Token.Kind.END);
        return tokens;
    }

    private Token next() {
        blanksAndComments();
        int from = at;
        if (at >= sql.length()) {
            return new Token(Token.Kind.END, "", from, from);
        }
        char c = sql.charAt(at);
        if (c == '\'' || c == '"') {
            return new Token(Token.Kind.STRING, string(c), from, at);
        } else if (c == '`') {
            return new Token(Token.Kind.QUOTED, quoted(), from, at);
        } else if (isDigit(at) || (c == '.' && isDigit(at + 1))) {
            return number(from);
        } else if (Character.isLetter(c) || c == '_') {
            while (at < sql.length() && isPartOfWord(sql.charAt(at))) {
                at++;
            }
            return new Token(Token.Kind.WORD, sql.substring(from, at), from, at);
        }
        String symbol = LONG_SYMBOLS.stream()
                .filter(wanted -> sql.startsWith(wanted, from))
                .findFirst()
                .orElse(String.valueOf(c));
        at += symbol.length();
        return new Token(Token.Kind.SYMBOL, symbol, from, at);
    }

    private void blanksAndComments() {
        while (at < sql.length()) {
            if (Character.isWhitespace(sql.charAt(at))) {
                at++;
            } else if (sql.startsWith("--", at)) {
                int end = sql.indexOf('\n', at);
                at = end < 0 ? sql.length() : end;
            } else if (sql.startsWith("/*", at)) {
                int end = sql.indexOf("*/", at + 2);
                if (end < 0) {
                    throw TaosError.syntax(sql.substring(at));
                }
                at = end + 2;
            } else {
                return;
            }
        }
    }

    private String string(char quote) {
        int from = at++;
        StringBuilder text = new StringBuilder();
        while (at < sql.length()) {
            char c = sql.charAt(at++);
            if (c == quote) {
                if (at >= sql.length() || sql.charAt(at) != quote) {
                    return text.toString();
                }
                at++;
                text.append(quote);
            } else if (c == '\\' && at < sql.length()) {
                escape(text, sql.charAt(at++));
            } else {
                text.append(c);
            }
        }
        throw TaosError.syntax(sql.substring(from));
    }

    private static void escape(StringBuilder text, char c) {
        switch (c) {
            case 'n' -> text.append('\n');
            case 'r' -> text.append('\r');
            case 't' -> text.append('\t');
            case '%', '_' -> text.append('\\').append(c);
            case 'x' -> text.append(text.length() == 0 ? "\\x" : "x");
            default -> text.append(c);
        }
    }

    private String quoted() {
        int from = at++;
        StringBuilder text = new StringBuilder();
        while (at < sql.length()) {
            char c = sql.charAt(at++);
            if (c != '`') {
                text.append(c);
            } else if (at < sql.length() && sql.charAt(at) == '`') {
                at++;
                text.append('`');
            } else {
                return text.toString();
            }
        }
        throw TaosError.syntax(sql.substring(from));
    }

    private Token number(int from) {
        if (sql.startsWith("0x", at) || sql.startsWith("0X", at)) {
            at += 2;
            while (at < sql.length() && Character.digit(sql.charAt(at), 16) >= 0) {
                at++;
            }
            return new Token(Token.Kind.INTEGER, sql.substring(from, at), from, at);
        }
        Token.Kind kind = Token.Kind.INTEGER;
        digits();
        if (at < sql.length() && sql.charAt(at) == '.') {
            kind = Token.Kind.DECIMAL;
            at++;
            digits();
        }
        if (at < sql.length() && "eE".indexOf(sql.charAt(at)) >= 0) {
            int sign = at + 1 < sql.length() && "+-".indexOf(sql.charAt(at + 1)) >= 0 ? 1 : 0;
            if (isDigit(at + 1 + sign)) {
                kind = Token.Kind.DECIMAL;
                at += 1 + sign;
                digits();
            }
        }
        if (kind == Token.Kind.INTEGER && at < sql.length() && UNITS.indexOf(sql.charAt(at)) >= 0) {
            if (at + 1 >= sql.length() || !isPartOfWord(sql.charAt(at + 1))) {
                at++;
                kind = Token.Kind.DURATION;
            }
        }
        return new Token(kind, sql.substring(from, at), from, at);
    }

    private void digits() {
        while (isDigit(at)) {
            at++;
        }
    }

    private boolean isDigit(int index) {
        return index < sql.length() && sql.charAt(index) >= '0' && sql.charAt(index) <= '9';
    }

    private static boolean isPartOfWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }
}
