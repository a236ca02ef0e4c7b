package io.weir.tdengine.r2dbc;

import io.weir.testkit.compliance.PlainTestKit;

/** The SPI's TestKit in TDengine's words. */
abstract class TdengineTestKit extends PlainTestKit {

    @Override
    public String blobType() {
        return "VARBINARY(1000)";
    }

    @Override
    public String clobType() {
        return "NCHAR(1000)";
    }

    /** The first column of each table is a time; rows of one time overwrite each other. */
    @Override
    public String doGetSql(TestStatement statement) {
        return switch (statement) {
            case CREATE_TABLE -> "CREATE TABLE test (ts TIMESTAMP, test_value INT)";
            case CREATE_TABLE_TWO_COLUMNS -> "CREATE TABLE test_two_column (ts TIMESTAMP, col1 INT, col2 VARCHAR(100))";
            case CREATE_BLOB_TABLE -> "CREATE TABLE blob_test (ts TIMESTAMP, test_value %s)";
            case CREATE_CLOB_TABLE -> "CREATE TABLE clob_test (ts TIMESTAMP, test_value %s)";
            case INSERT_VALUE100, INSERT_VALUE200, INSERT_VALUE_PLACEHOLDER -> withTime(statement);
            case INSERT_BLOB_VALUE_PLACEHOLDER, INSERT_CLOB_VALUE_PLACEHOLDER, INSERT_TWO_COLUMNS ->
                withTime(statement);
            case INSERT_TWO_VALUES_PLACEHOLDER -> "INSERT INTO test VALUES (%s, %s)";
            default -> super.doGetSql(statement);
        };
    }

    private static String withTime(TestStatement insert) {
        return insert.getSql().replaceFirst("(?i)VALUES *\\(", "VALUES (NOW, ");
    }

    @Override
    public String page() {
        return TdengineComplianceTest.PAGE;
    }

    @Override
    public String store() {
        return "TDengine";
    }
}
