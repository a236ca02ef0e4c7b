package io.weir.tdengine.r2dbc;

import io.r2dbc.spi.R2dbcDataIntegrityViolationException;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.R2dbcRollbackException;
import io.weir.testkit.compliance.Fixture;
import java.util.List;
import java.util.Map;

/** What the suite says to a TDengine, whatever way it takes. The database counts nanoseconds. */
interface TdengineDialect extends Fixture {

    @Override
    default String product() {
        return TdengineDriverSession.PRODUCT;
    }

    @Override
    default List<String> createTable(String table) {
        return List.of("CREATE TABLE " + table + " (ts TIMESTAMP, v INT, t VARCHAR(100))");
    }

    @Override
    default String row(int i) {
        return 1_700_000_000_000_000_000L + i + ", " + i + ", 'row " + i + "'";
    }

    @Override
    default String insertWithPlaceholders(String table) {
        return "INSERT INTO " + table + " VALUES (NOW, ?, ?)";
    }

    @Override
    default Map<Class<? extends R2dbcException>, String> unprovoked() {
        return Map.of(R2dbcRollbackException.class, "TDengine has no transactions");
    }

    @Override
    default List<Provocation> provocations() {
        String table = "weir_suite_short";
        return List.of(new Provocation(
                "a text that is too long",
                R2dbcDataIntegrityViolationException.class,
                List.of(
                        "CREATE TABLE IF NOT EXISTS " + table + " (ts TIMESTAMP, t VARCHAR(3))",
                        "INSERT INTO " + table + " VALUES (NOW, 'four')")));
    }
}
