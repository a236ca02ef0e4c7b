package io.weir.server.tdengine;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.server.tdengine.json.Json;
import io.weir.server.tdengine.manner.Manner;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** REST as it was recorded, asked by the JDK's HTTP client. */
@Timeout(60)
class RestTest {

    private static final String BASIC =
            "Basic " + Base64.getEncoder().encodeToString("root:taosdata".getBytes(StandardCharsets.UTF_8));

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private TdengineStandIn server;

    @BeforeEach
    void start() {
        server = TdengineStandIn.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpResponse<byte[]> post(String path, String sql, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .POST(HttpRequest.BodyPublishers.ofString(sql));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private Map<?, ?> answer(String path, String sql) throws Exception {
        HttpResponse<byte[]> response = post(path, sql, "Authorization", BASIC);
        return (Map<?, ?>) Json.parse(new String(response.body(), StandardCharsets.UTF_8));
    }

    @Test
    void givesRowsAsJson() throws Exception {
        answer("/rest/sql", "CREATE DATABASE r PRECISION 'us'");
        answer("/rest/sql/r", "CREATE TABLE t (ts TIMESTAMP, v BIGINT, d DOUBLE, b VARBINARY(4), x DECIMAL(10,2))");
        Map<?, ?> written = answer(
                "/rest/sql/r",
                "INSERT INTO t VALUES ('2022-08-10T07:02:40.5Z', 9223372036854775807, NULL, '\\x01ff', 1.5)");
        Map<?, ?> read = answer("/rest/sql/r", "SELECT * FROM t");

        assertThat(written.get("column_meta")).isEqualTo(List.of(List.of("affected_rows", "INT", 4L)));
        assertThat(written.get("data")).isEqualTo(List.of(List.of(1L)));
        assertThat(read.get("rows")).isEqualTo(1L);
        assertThat(((List<?>) ((List<?>) read.get("data")).get(0)).toString())
                .isEqualTo("[2022-08-10T07:02:40.500000Z, 9223372036854775807, null, 01ff, 1.50]");
        assertThat(read.get("column_meta").toString()).contains("[x, DECIMAL(10,2), 8]", "[v, BIGINT, 8]");
        assertThat(answer("/rest/sql/r?tz=Asia/Shanghai&row_with_meta=true&timing=true", "SELECT ts FROM t")
                        .toString())
                .contains("{ts=2022-08-10T15:02:40.500000+08:00}", "timing=");
    }

    @Test
    void takesEachWayToLogIn() throws Exception {
        String taosd = "Taosd /KfeAzX/f9na8qdtNZmtONryp201ma04bEl8LcvLUd7a8qdtNZmtONryp201ma04";
        assertThat(post("/rest/sql", "SELECT 1", "Authorization", taosd).statusCode())
                .isEqualTo(200);
        assertThat(post("/rest/sql", "SELECT 1", "Authorization", "Bearer weir-token")
                        .statusCode())
                .isEqualTo(200);
        assertThat(post("/rest/sql", "SELECT 1").statusCode()).isEqualTo(401);
        assertThat(post("/rest/sql?token=x", "SELECT 1").statusCode()).isEqualTo(401);
        assertThat(code(post("/rest/sql", "SELECT 1", "Authorization", "Magic x")))
                .isEqualTo(0x1122L);
        assertThat(code(post("/rest/sql", "SELECT 1", "Authorization", "Taosd x")))
                .isEqualTo(0x1125L);
        HttpResponse<byte[]> token = http.send(
                HttpRequest.newBuilder(URI.create(
                                "http://127.0.0.1:%d/rest/login/%s/taosdata".formatted(server.port(), "root")))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
        assertThat(new String(token.body(), StandardCharsets.UTF_8)).contains(taosd.substring(6));
    }

    private static Object code(HttpResponse<byte[]> response) {
        return ((Map<?, ?>) Json.parse(new String(response.body(), StandardCharsets.UTF_8))).get("code");
    }

    @Test
    void tellsErrorsWithStatus200UnlessTold() throws Exception {
        HttpResponse<byte[]> usual = post("/rest/sql", "SELEC 1", "Authorization", BASIC);
        server.manners().set(Manner.HTTP_ERROR_CODES, true);
        HttpResponse<byte[]> told = post("/rest/sql", "SELEC 1", "Authorization", BASIC);

        assertThat(usual.statusCode()).isEqualTo(200);
        assertThat(code(usual)).isEqualTo(0x2600L);
        assertThat(told.statusCode()).isEqualTo(400);
        assertThat(post("/rest/sql", "", "Authorization", BASIC).statusCode()).isEqualTo(400);
    }

    @Test
    void hidesRowsBehindItsLimitAndBehindAFailure() throws Exception {
        Map<?, ?> failed = answer("/rest/sql", "SELECT * /*weir fail=5000*/ FROM weir_gen.rows_9000");
        server.manners().set(Manner.REST_ROW_LIMIT, 10);
        Map<?, ?> cut = answer("/rest/sql", "SELECT * FROM weir_gen.rows_9000");

        assertThat(failed.get("code")).isEqualTo(0L);
        assertThat(failed.get("rows")).isEqualTo(5000L);
        assertThat(cut.get("code")).isEqualTo(0L);
        assertThat((List<?>) cut.get("data")).hasSize(10);
    }

    @Test
    void compressesWhereAskedTo() throws Exception {
        HttpResponse<byte[]> response =
                post("/rest/sql", "SELECT 1", "Authorization", BASIC, "Accept-Encoding", "gzip");

        assertThat(response.headers().firstValue("Content-Encoding")).contains("gzip");
        assertThat(unzipped(response.body())).contains("\"data\":[[1]]");
    }

    private static String unzipped(byte[] body) throws IOException {
        return new String(new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes(), StandardCharsets.UTF_8);
    }
}
