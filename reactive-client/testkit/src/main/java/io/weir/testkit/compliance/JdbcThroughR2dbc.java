package io.weir.testkit.compliance;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.Result;
import io.r2dbc.spi.Statement;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.PreparedStatementCallback;
import reactor.core.publisher.Flux;

/**
 * The little of {@link JdbcOperations} that the SPI's TestKit uses to prepare its tables, done by the driver under test: so
 * the TestKit runs where there is no JDBC driver.
 */
final class JdbcThroughR2dbc {

    private final ConnectionFactory factory;
    private final IntFunction<String> placeholder;

    private JdbcThroughR2dbc(ConnectionFactory factory, IntFunction<String> placeholder) {
        this.factory = factory;
        this.placeholder = placeholder;
    }

    /** Runs what it is given on a connection of its own, each time. */
    static JdbcOperations over(ConnectionFactory factory, IntFunction<String> placeholder) {
        JdbcThroughR2dbc jdbc = new JdbcThroughR2dbc(factory, placeholder);
        return proxy(JdbcOperations.class, (self, method, arguments) -> {
            Class<?>[] types = method.getParameterTypes();
            if (method.getName().equals("execute") && Arrays.equals(types, new Class<?>[] {String.class})) {
                jdbc.run((String) arguments[0], statement -> {});
                return null;
            }
            if (method.getName().equals("execute")
                    && Arrays.equals(types, new Class<?>[] {String.class, PreparedStatementCallback.class})) {
                return jdbc.prepared((String) arguments[0], (PreparedStatementCallback<?>) arguments[1]);
            }
            throw new UnsupportedOperationException("The TestKit was not known to use JdbcOperations." + method);
        });
    }

    private @Nullable Object prepared(String sql, PreparedStatementCallback<?> callback) throws SQLException {
        Map<Integer, Object> values = new TreeMap<>();
        return callback.doInPreparedStatement(proxy(
                PreparedStatement.class, (self, method, arguments) -> switch (method.getName()) {
                    case "setBytes" -> values.put((Integer) arguments[0] - 1, ByteBuffer.wrap((byte[]) arguments[1]));
                    case "setString" -> values.put((Integer) arguments[0] - 1, arguments[1]);
                    case "executeUpdate" -> {
                        run(withOwnPlaceholders(sql), statement -> values.forEach(statement::bind));
                        yield 1;
                    }
                    default ->
                        throw new UnsupportedOperationException(
                                "The TestKit was not known to use PreparedStatement." + method);
                }));
    }

    private String withOwnPlaceholders(String sql) {
        String own = sql;
        for (int i = 0; own.contains("?") && !placeholder.apply(i).equals("?"); i++) {
            own = own.replaceFirst("\\?", Matcher.quoteReplacement(placeholder.apply(i)));
        }
        return own;
    }

    private void run(String sql, Consumer<Statement> bind) {
        Spi.await(Flux.usingWhen(
                factory.create(),
                connection -> {
                    Statement statement = connection.createStatement(sql);
                    bind.accept(statement);
                    return Flux.from(statement.execute()).concatMap(Result::getRowsUpdated);
                },
                Connection::close));
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(JdbcThroughR2dbc.class.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
