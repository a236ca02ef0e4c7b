package io.weir.tdengine.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.core.ErrorKind;
import io.weir.core.Page;
import io.weir.core.ResultPart;
import io.weir.core.WeirException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.async.ByteArrayFeeder;
import tools.jackson.core.json.JsonFactory;

class RestAnswerTest {

    /** Byte by byte, as an answer may come. */
    private static List<ResultPart> read(String sql, String json) {
        RestAnswer answer = new RestAnswer(sql, ZoneOffset.UTC);
        List<ResultPart> parts = new ArrayList<>();
        JsonParser parser = new JsonFactory().createNonBlockingByteArrayParser(ObjectReadContext.empty());
        ByteArrayFeeder feeder = (ByteArrayFeeder) parser.nonBlockingInputFeeder();
        for (byte one : json.getBytes(StandardCharsets.UTF_8)) {
            feeder.feedInput(new byte[] {one}, 0, 1);
            for (JsonToken token = parser.nextToken();
                    token != null && token != JsonToken.NOT_AVAILABLE;
                    token = parser.nextToken()) {
                ResultPart part = answer.token(token, parser);
                if (part != null) {
                    parts.add(part);
                }
            }
        }
        return parts;
    }

    private static String result(String type, String value) {
        return "{\"code\":0,\"column_meta\":[[\"c\",\"" + type + "\",8]],\"data\":[[" + value + "]],\"rows\":1}";
    }

    private static Page only(String type, String value) {
        List<ResultPart> parts = read("SELECT c", result(type, value));
        assertThat(parts).hasSize(1);
        return (Page) parts.get(0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                "BIGINT|-9223372036854775808|-9223372036854775808",
                "BIGINT UNSIGNED|18446744073709551615|18446744073709551615",
                "DECIMAL(20,4)|\"1.5000\"|1.5000",
                "FLOAT|0.1|0.1",
                "DOUBLE|1e300|1.0E300",
                "DOUBLE|5|5.0",
                "BOOL|true|true",
                "BINARY|\"x\"|x",
                "NCHAR|\"\\u00e4\"|ä",
                "JSON|{\"a\":[1,{\"b\":null}],\"c\":1.50}|{\"a\":[1,{\"b\":null}],\"c\":1.50}",
                "JSON|\"text\"|\"text\"",
                "JSON|12345678901234567890.123|12345678901234567890.123",
            })
    void aValueIsReadByTheTypeOfItsColumn(String type, String value, String text) {
        assertThat(only(type, value).row(0).getString(0)).isEqualTo(text);
    }

    @Test
    void aFloatIsTheNumberThatTravelsInFourBytes() {
        assertThat(only("FLOAT", "0.1").row(0).getDouble(0)).isEqualTo((double) 0.1f);
    }

    @ParameterizedTest
    @CsvSource({"500, 1660114960500", "500001, 1660114960500001", "500000001, 1660114960500000001"})
    void aTimeIsACountInThePrecisionOfItsDigits(String digits, long count) {
        assertThat(only("TIMESTAMP", "\"2022-08-10T15:02:40." + digits + "+08:00\"")
                        .row(0)
                        .getLong(0))
                .isEqualTo(count);
    }

    @Test
    void bytesComeInHexadecimal() {
        assertThat(only("VARBINARY", "\"00ff\"").row(0).get(0, byte[].class)).containsExactly(0, 255);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                "INT|\"1\"",
                "INT|1.5",
                "INT|[1]",
                "VARBINARY|\"0g\"",
                "TIMESTAMP|\"2022-08-10T07:02:40Z\"",
                "TIMESTAMP|\"yesterday.123\"",
                "DECIMAL(5,2)|\"1.234\"",
                "DECIMAL(5,2)|\"one\"",
                "BOOL|1",
                "QUATERNION|1",
                "INT|1,2",
                "INT|"
            })
    void aValueThatDoesNotFitItsColumnIsAnError(String type, String value) {
        String json = result(type, value == null ? "" : value);
        assertThatThrownBy(() -> read("SELECT c", json))
                .isInstanceOfSatisfying(
                        WeirException.class, error -> assertThat(error.kind()).isEqualTo(ErrorKind.PROTOCOL));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                "{}",
                "[1]",
                "{\"code\":0}",
                "{\"data\":[[1]]}",
                "{\"code\":0,\"column_meta\":[[\"c\",\"INT\",4]],\"data\":[[1]],\"rows\":2}",
                "{\"code\":0,\"column_meta\":[[\"c\",4]],\"data\":[[1]],\"rows\":1}",
                "{\"code\":0,\"column_meta\":[[\"t\",\"TIMESTAMP\",8]],"
                        + "\"data\":[[\"2022-08-10T07:02:40.500Z\"],[\"2022-08-10T07:02:40.500000Z\"]],\"rows\":2}"
            })
    void anAnswerWithoutItsPartsIsAnError(String json) {
        assertThatThrownBy(() -> read("SELECT c", json))
                .isInstanceOfSatisfying(
                        WeirException.class, error -> assertThat(error.kind()).isEqualTo(ErrorKind.PROTOCOL));
    }

    @Test
    void aRefusalHasItsCodeAndText() {
        assertThatThrownBy(() -> read("SELECT c", "{\"code\":9731,\"desc\":\"Table does not exist\",\"timing\":5}"))
                .isInstanceOfSatisfying(WeirException.class, error -> {
                    assertThat(error.code()).isEqualTo(0x2603);
                    assertThat(error).hasMessageContaining("Table does not exist");
                });
    }

    @Test
    void aCountIsOneAndAQueryOfItsNameIsRows() {
        String json =
                "{\"code\":0,\"column_meta\":[[\"affected_rows\",\"INT\",4]],\"data\":[[7]],\"rows\":1,\"timing\":5}";
        assertThat(read("INSERT INTO t VALUES (1)", json)).containsExactly(new ResultPart.Count(7));
        assertThat(read("(SELECT i affected_rows FROM t)", json))
                .singleElement()
                .isInstanceOf(Page.class);
    }

    @Test
    void manyRowsArePagesOfBoundedLength() {
        String rows = "[1],".repeat(2999) + "[1]";
        List<ResultPart> parts = read(
                "SELECT c", "{\"code\":0,\"column_meta\":[[\"c\",\"INT\",4]],\"data\":[" + rows + "],\"rows\":3000}");
        assertThat(parts).extracting(part -> ((Page) part).size()).containsExactly(1024, 1024, 952);
    }
}
