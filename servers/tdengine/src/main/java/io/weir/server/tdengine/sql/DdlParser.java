package io.weir.server.tdengine.sql;

import io.weir.server.tdengine.block.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Statements that change what there is. */
final class DdlParser {

    private final Words words;
    private final String sql;

    DdlParser(Words words, String sql) {
        this.words = words;
        this.sql = sql;
    }

    Command command() {
        if (words.eat("use")) {
            String name = words.name();
            return update(session -> Ddl.use(session, name));
        } else if (words.eat("create")) {
            return create();
        } else if (words.eat("drop")) {
            return drop();
        } else if (words.eat("alter")) {
            return alter();
        } else if (words.eat("delete", "from")) {
            Words.Name table = words.qualified();
            Expr where = words.eat("where") ? new ExprParser(words).expression() : null;
            return session -> new Answer.Update(Ddl.delete(session, table, where));
        } else if (words.eat("kill", "query")) {
            String id = words.string();
            return update(session -> session.engine().running().kill(id));
        }
        throw words.unexpected();
    }

    private static Command update(Consumer<SqlSession> change) {
        return session -> {
            change.accept(session);
            return new Answer.Update(0);
        };
    }

    private Command create() {
        if (words.eat("database")) {
            return createDatabase();
        } else if (words.eat("topic")) {
            boolean quiet = words.eat("if", "not", "exists");
            String name = words.name();
            return createTopic(name, quiet);
        } else if (words.eat("stable")) {
            boolean quiet = words.eat("if", "not", "exists");
            return createTable(words.qualified(), quiet);
        }
        words.expect("table");
        List<Command> commands = new ArrayList<>();
        do {
            boolean quiet = words.eat("if", "not", "exists");
            Words.Name name = words.qualified();
            commands.add(words.eat("using") ? createChild(name, quiet) : createTable(name, quiet));
        } while (!words.atEnd());
        return session -> {
            commands.forEach(command -> command.run(session));
            return new Answer.Update(0);
        };
    }

    private Command createDatabase() {
        boolean quiet = words.eat("if", "not", "exists");
        String name = words.name();
        Precision precision = Precision.MILLIS;
        int groups = 1;
        while (!words.atEnd()) {
            if (words.eat("precision")) {
                precision = Precision.of(words.string());
            } else if (words.eat("vgroups")) {
                groups = Math.toIntExact(words.integer());
            } else {
                // Options of storage mean nothing here.
                words.take();
            }
        }
        Database database = new Database(name, precision, groups);
        return update(session -> Ddl.createDatabase(session.engine(), database, quiet));
    }

    private Command createTopic(String name, boolean quiet) {
        boolean withMeta = words.eat("with", "meta");
        words.expect("as");
        withMeta |= words.eat("with", "meta");
        boolean meta = withMeta;
        if (words.eat("database")) {
            String database = words.name();
            return update(session -> Ddl.createTopic(
                    session, quiet, new Topic(name, session.database(database).name(), null, null, meta, sql)));
        } else if (words.eat("stable")) {
            Words.Name table = words.qualified();
            return update(session -> Ddl.createTopic(
                    session,
                    quiet,
                    new Topic(name, session.database(table.database()).name(), table.name(), null, meta, sql)));
        }
        Select select = new SelectParser(words).select();
        Words.Name table = select.source() == null ? null : select.source().table();
        if (table == null) {
            throw TaosError.syntax(sql);
        }
        return update(session -> Ddl.createTopic(
                session,
                quiet,
                new Topic(name, session.database(table.database()).name(), table.name(), select, meta, sql)));
    }

    private Command createTable(Words.Name name, boolean quiet) {
        List<Column> columns = TypeParser.columns(words);
        List<Column> tags = words.eat("tags") ? TypeParser.columns(words) : List.of();
        skipOptions();
        return update(session -> Ddl.createTable(session, name, columns, tags, quiet));
    }

    private Command createChild(Words.Name name, boolean quiet) {
        Words.Name superTable = words.qualified();
        List<String> tagNames = null;
        if (words.eat("(")) {
            tagNames = new ArrayList<>();
            do {
                tagNames.add(words.name());
            } while (words.eat(","));
            words.expect(")");
        }
        words.expect("tags", "(");
        List<Expr> tags = new ExprParser(words).list();
        @Nullable List<String> names = tagNames;
        skipOptions();
        return update(session -> Ddl.createChild(session, name, superTable, names, tags, quiet));
    }

    private void skipOptions() {
        while (words.eat("ttl") || words.eat("comment") || words.eat("keep")) {
            words.take();
        }
    }

    private Command drop() {
        if (words.eat("database")) {
            boolean quiet = words.eat("if", "exists");
            String name = words.name();
            return update(session -> Ddl.dropDatabase(session, name, quiet));
        } else if (words.eat("topic")) {
            boolean quiet = words.eat("if", "exists");
            String name = words.name();
            return update(session -> Ddl.dropTopic(session.engine(), name, quiet));
        } else if (!words.eat("stable")) {
            words.expect("table");
        }
        List<Command> commands = new ArrayList<>();
        do {
            boolean quiet = words.eat("if", "exists");
            Words.Name name = words.qualified();
            commands.add(update(session -> Ddl.dropTable(session, name, quiet)));
        } while (words.eat(","));
        return session -> {
            commands.forEach(command -> command.run(session));
            return new Answer.Update(0);
        };
    }

    private Command alter() {
        if (!words.eat("stable")) {
            words.expect("table");
        }
        Words.Name name = words.qualified();
        if (words.eat("add", "column")) {
            String column = words.name();
            Column added = new Column(column, TypeParser.type(words));
            return update(session -> Ddl.addColumn(session, name, added));
        } else if (words.eat("drop", "column")) {
            String column = words.name();
            return update(session -> Ddl.dropColumn(session, name, column));
        }
        words.expect("set", "tag");
        String tag = words.name();
        words.expect("=");
        Expr value = new ExprParser(words).expression();
        return update(session -> Ddl.setTag(session, name, tag, value));
    }
}
