package io.weir.server.tdengine.sql;

import io.weir.server.tdengine.block.Column;
import io.weir.server.tdengine.block.SqlType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** SHOW and DESCRIBE. */
final class ShowParser {

    private final Words words;

    ShowParser(Words words) {
        this.words = words;
    }

    Command command() {
        if (words.eat("describe") || words.eat("desc")) {
            Words.Name name = words.qualified();
            return session -> Describe.run(session, name);
        }
        words.expect("show");
        if (words.eat("cluster", "alive")) {
            return session -> Answer.Rows.of(
                    List.of(Column.of("status", SqlType.INT)),
                    Precision.MILLIS,
                    List.<@Nullable Object[]>of(new Object[] {1L}).iterator(),
                    1);
        } else if (words.eat("databases")) {
            return query("select name from information_schema.ins_databases");
        } else if (words.eat("queries")) {
            return query("select * from performance_schema.perf_queries");
        } else if (words.eat("topics")) {
            return query("select topic_name from information_schema.ins_topics");
        } else if (words.eat("dnodes")) {
            return query("select * from information_schema.ins_dnodes");
        }
        String database = words.peek(1).is(".") ? words.name() : null;
        words.eat(".");
        if (words.eat("tables")) {
            return ofDatabase("table_name", "ins_tables", database);
        }
        words.expect("stables");
        return ofDatabase("stable_name", "ins_stables", database);
    }

    private Command ofDatabase(String column, String table, @Nullable String database) {
        String like = words.eat("like") ? " and " + column + " like '" + words.string() + "'" : "";
        return session -> query("select " + column + " from information_schema." + table + " where db_name = '"
                        + session.database(database).name() + "'" + like)
                .run(session);
    }

    private static Select query(String sql) {
        return new SelectParser(new Words(sql)).select();
    }
}
