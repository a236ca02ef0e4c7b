package io.weir.iotdb.r2dbc;

import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import io.weir.testkit.compliance.PlainTestKit;
import org.junit.jupiter.api.extension.ExtendWith;

/** The SPI's TestKit on the table model of a real server. */
@ExtendWith(Shared.class)
class IotdbTestKitTest extends PlainTestKit {

    private final ComplianceServer server;

    IotdbTestKitTest(ComplianceServer server) {
        this.server = server;
    }

    @Override
    public ConnectionFactory getConnectionFactory() {
        return ConnectionFactories.get(server.url(server.host(), server.port()));
    }

    @Override
    public String blobType() {
        return "BLOB FIELD";
    }

    @Override
    public String clobType() {
        return "TEXT FIELD";
    }

    /** Columns need a category, and the column of times, which all tables have, makes lists of columns necessary. */
    @Override
    public String doGetSql(TestStatement statement) {
        return switch (statement) {
            case CREATE_TABLE -> "CREATE TABLE test (test_value INT32 FIELD)";
            case CREATE_TABLE_TWO_COLUMNS -> "CREATE TABLE test_two_column (col1 INT32 FIELD, col2 STRING FIELD)";
            case INSERT_VALUE100, INSERT_VALUE200, INSERT_VALUE_PLACEHOLDER ->
                withColumns(statement, "test", "test_value");
            case INSERT_BLOB_VALUE_PLACEHOLDER -> withColumns(statement, "blob_test", "test_value");
            case INSERT_CLOB_VALUE_PLACEHOLDER -> withColumns(statement, "clob_test", "test_value");
            case INSERT_TWO_VALUES_PLACEHOLDER -> withColumns(statement, "test", "time, test_value");
            case INSERT_TWO_COLUMNS -> withColumns(statement, "test_two_column", "col1, col2");
            default -> super.doGetSql(statement);
        };
    }

    private static String withColumns(TestStatement insert, String table, String columns) {
        return insert.getSql().replace("INTO " + table + " ", "INTO " + table + "(" + columns + ") ");
    }

    @Override
    public String page() {
        return IotdbComplianceTest.PAGE;
    }

    @Override
    public String store() {
        return "IoTDB";
    }
}
