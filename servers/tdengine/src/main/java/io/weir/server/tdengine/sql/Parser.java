package io.weir.server.tdengine.sql;

/** From a statement's text to what can be run. */
final class Parser {

    private Parser() {}

    static Command parse(String sql) {
        Words words = new Words(sql);
        Command command = command(words, sql);
        words.end();
        if (words.marks() > 0) {
            throw TaosError.syntax("?");
        }
        return command;
    }

    /** A statement with placeholders: an {@link Insert} or a {@link Select}. */
    static Command prepare(String sql) {
        Words words = new Words(sql);
        Command command = command(words, sql);
        words.end();
        if (command instanceof Insert || command instanceof Select) {
            return command;
        }
        throw new TaosError(0x022A, "stmt only support select or insert");
    }

    private static Command command(Words words, String sql) {
        Token first = words.peek();
        if (first.is("select")) {
            return new SelectParser(words).select();
        } else if (first.is("insert")) {
            return new InsertParser(words).insert();
        } else if (first.is("show") || first.is("describe") || first.is("desc")) {
            return new ShowParser(words).command();
        } else if (first.kind() == Token.Kind.WORD) {
            return new DdlParser(words, sql).command();
        }
        throw words.unexpected();
    }
}
