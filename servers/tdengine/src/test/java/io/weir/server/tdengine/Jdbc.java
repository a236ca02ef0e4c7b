package io.weir.server.tdengine;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** The vendor's JDBC driver over WebSocket. */
final class Jdbc {

    private Jdbc() {}

    static Connection connect(TdengineStandIn server, String database, String... more) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", "root");
        properties.setProperty("password", "taosdata");
        properties.setProperty("varcharAsString", "true");
        for (int i = 0; i < more.length; i += 2) {
            properties.setProperty(more[i], more[i + 1]);
        }
        String url = "jdbc:TAOS-WS://127.0.0.1:" + server.port() + "/" + database;
        return DriverManager.getConnection(url, properties);
    }

    static void execute(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** All rows, each as its columns' texts joined by a bar. */
    static List<String> rows(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            return rows(found);
        }
    }

    static List<String> rows(ResultSet found) throws SQLException {
        List<String> rows = new ArrayList<>();
        while (found.next()) {
            List<String> values = new ArrayList<>();
            for (int c = 1; c <= found.getMetaData().getColumnCount(); c++) {
                values.add(found.getString(c));
            }
            rows.add(String.join("|", values));
        }
        return rows;
    }
}
