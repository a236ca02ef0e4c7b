package io.weir.tdengine.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.weir.core.ErrorKind;
import io.weir.core.TimePrecision;
import io.weir.core.WeirException;
import io.weir.tdengine.protocol.JsonRequest.ConnectionOption;
import io.weir.tdengine.protocol.JsonRequest.Login;
import io.weir.tdengine.type.ServerVersion;
import io.weir.tdengine.type.StatementField.Role;
import io.weir.tdengine.type.TdengineType;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonMessagesTest {

    private static String written(JsonRequest request) {
        ByteBuf out = Unpooled.buffer();
        request.write(out, 7);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static JsonAnswer read(String text) {
        return JsonAnswer.read(Unpooled.copiedBuffer(text, StandardCharsets.UTF_8));
    }

    @Test
    void aLoginLeavesOutWhatIsNotGivenAndShowsNoSecret() {
        Login login = new Login("root", "taosdata", null, null, "d", "Asia/Shanghai", "weir", null, null, true);
        assertThat(written(JsonRequest.login(login)))
                .isEqualTo(
                        "{\"action\":\"conn\",\"args\":{\"req_id\":7,\"user\":\"root\",\"password\":\"taosdata\",\"db\":\"d\","
                                + "\"tz\":\"Asia/Shanghai\",\"app\":\"weir\",\"mode\":0}}");
        assertThat(JsonRequest.login(login) + " " + login).doesNotContain("taosdata");
        assertThat(JsonRequest.login(login).secret()).isTrue();
    }

    @Test
    void everyActionIsWrittenAsTheServerReadsIt() {
        assertThat(written(JsonRequest.version())).isEqualTo("{\"action\":\"version\",\"args\":{\"req_id\":7}}");
        assertThat(written(JsonRequest.option(ConnectionOption.TIME_ZONE, null)))
                .contains("\"options\":[{\"option\":1,\"value\":null}]");
        assertThat(written(JsonRequest.freeResult(3)))
                .contains("\"free_result\"")
                .contains("\"id\":3");
        assertThat(written(JsonRequest.initStatement()))
                .contains("\"single_stb_insert\":true,\"single_table_bind_once\":true");
        assertThat(written(JsonRequest.prepare(4, "INSERT INTO ? VALUES(?)")))
                .contains("\"stmt_id\":4,\"sql\":\"INSERT INTO ? VALUES(?)\",\"get_fields\":true");
        assertThat(written(JsonRequest.insert(1, "ms", 0, "a \"b\"\n", "")))
                .contains("\"protocol\":1,\"precision\":\"ms\",\"ttl\":0,\"data\":\"a \\\"b\\\"\\n\"");
    }

    @Test
    void anAnswerOfAnOlderServerLacksFieldsAndIsReadAllTheSame() {
        QueryAnswer answer = QueryAnswer.ofQuery(read("{\"code\":0,\"action\":\"binary_query\",\"req_id\":7,\"id\":9,"
                + "\"fields_count\":2,\"fields_names\":[\"ts\",\"v\"],\"fields_types\":[9,8],\"fields_lengths\":[8,20],"
                + "\"precision\":1}"));
        assertThat(answer.resultId()).isEqualTo(9);
        assertThat(answer.precision()).isEqualTo(TimePrecision.MICROSECONDS);
        assertThat(answer.fields()).extracting(ResultField::describe).containsExactly("TIMESTAMP", "VARCHAR(20)");
        assertThat(read("{}").action()).isEmpty();
        assertThat(read("{\"code\":0,\"req_id\":7}").text("version")).isEmpty();
    }

    @Test
    void anUpdateHasACountAndNoResult() {
        QueryAnswer answer = QueryAnswer.ofQuery(read("{\"code\":0,\"is_update\":true,\"affected_rows\":3,\"id\":0,"
                + "\"fields_count\":0,\"fields_names\":null}"));
        assertThat(answer.update()).isTrue();
        assertThat(answer.affectedRows()).isEqualTo(3);
    }

    @Test
    void aPreparedWriteDescribesItsPlaceholders() {
        PreparedAnswer answer = PreparedAnswer.of(
                read(
                        "{\"code\":0,\"stmt_id\":1,\"is_insert\":true,\"fields_count\":3,"
                                + "\"fields\":[{\"name\":\"tbname\",\"field_type\":8,\"bytes\":271,\"bind_type\":4},"
                                + "{\"name\":\"ts\",\"field_type\":9,\"precision\":2,\"scale\":0,\"bytes\":8,\"bind_type\":1},"
                                + "{\"name\":\"d\",\"field_type\":17,\"precision\":20,\"scale\":4,\"bytes\":16,\"bind_type\":2}]}"));
        assertThat(answer.insert()).isTrue();
        assertThat(answer.fields()).extracting(f -> f.role()).containsExactly(Role.TABLE_NAME, Role.COLUMN, Role.TAG);
        assertThat(answer.fields().get(1).precision()).isEqualTo(TimePrecision.NANOSECONDS);
        assertThat(answer.fields().get(2).digits()).isEqualTo(20);
        assertThat(answer.fields().get(2).type()).isEqualTo(TdengineType.DECIMAL);
    }

    @Test
    void aRefusalIsAnErrorWithItsCode() {
        WeirException error =
                read("{\"code\":855,\"message\":\"Authentication failure\"}").error();
        assertThat(error.kind()).isEqualTo(ErrorKind.AUTH);
        assertThat(error.code()).isEqualTo(0x357);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "[]", "1", "{\"code\":", "null"})
    void whatIsNoJsonObjectIsATypedError(String text) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOfSatisfying(
                        WeirException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.PROTOCOL));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"fields_count\":0}",
                "{\"fields_count\":2,\"fields_names\":[\"a\"],\"fields_types\":[1]}",
                "{\"fields_count\":1,\"fields_names\":[\"a\"],\"fields_types\":[99]}",
                "{\"fields_count\":1,\"fields_names\":[\"a\"],\"fields_types\":[1],\"precision\":7}",
                "{\"fields_count\":1000000000,\"fields_names\":null}"
            })
    void aResultThatContradictsItselfIsATypedError(String text) {
        assertThatThrownBy(() -> QueryAnswer.ofQuery(read(text)))
                .isInstanceOfSatisfying(
                        WeirException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.PROTOCOL));
    }

    @Test
    void versionsAreComparedByTheirNumbers() {
        assertThat(ServerVersion.of("3.4.1.13.community").isAtLeast(ServerVersion.BIND_AND_EXECUTE))
                .isTrue();
        assertThat(ServerVersion.of("ver:3.3.10.0").isAtLeast(ServerVersion.of("3.3.9.9")))
                .isTrue();
        assertThat(ServerVersion.of("3.3.2").isAtLeast(ServerVersion.LEAST)).isTrue();
        assertThat(ServerVersion.of("3.0.7.1").isAtLeast(ServerVersion.LEAST)).isFalse();
        assertThatThrownBy(() -> ServerVersion.of("new")).hasMessageContaining("'new'");
    }
}
