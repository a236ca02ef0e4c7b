package io.weir.sample.tdengine;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.server.tdengine.TdengineServerOptions;
import io.weir.server.tdengine.TdengineStandIn;
import io.weir.server.tdengine.manner.Manner;
import io.weir.tdengine.TdengineClient;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SetupCheckTest {

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    private boolean check(String url) {
        return SetupCheck.check(url, new PrintStream(said, true, StandardCharsets.UTF_8));
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }

    @Test
    void everythingWorksOverTheWebSocketAndNothingIsLeftBehind() {
        try (TdengineStandIn server = TdengineStandIn.start()) {
            assertThat(check("tdengine://root:taosdata@127.0.0.1:" + server.port()))
                    .isTrue();
            assertThat(said().lines())
                    .hasSize(6)
                    .allMatch(line -> line.startsWith("ok "))
                    .anyMatch(line -> line.contains("subscription"));
            TdengineClient client = TdengineClient.create("tdengine://root:taosdata@127.0.0.1:" + server.port());
            assertThat(client.query("SELECT name FROM information_schema.ins_databases", row -> row.getString(0))
                            .collectList()
                            .block())
                    .isNotEmpty()
                    .noneMatch(name -> name.startsWith("weir_check"));
            client.close().block();
        }
    }

    @Test
    void overRestItIsToldWhatThisWayCanNotDo() {
        try (TdengineStandIn server = TdengineStandIn.start()) {
            assertThat(check("tdengine:rest://root:taosdata@127.0.0.1:" + server.port()))
                    .isTrue();
            assertThat(said())
                    .contains("ok      query back: 10 rows")
                    .contains("not so  prepared insert")
                    .contains("not so  subscription");
        }
    }

    @Test
    void aServerThatDoesNotKeepWhatIsWrittenIsFoundOut() {
        try (TdengineStandIn server =
                TdengineStandIn.start(TdengineServerOptions.defaults().with(Manner.DISCARD_WRITES, true))) {
            assertThat(check("tdengine:rest://root:taosdata@127.0.0.1:" + server.port()))
                    .isFalse();
            assertThat(said()).contains("FAILED  query back: 10 rows went in, and this came back: []");
        }
    }

    @Test
    void aUrlThatIsNoneAndAServerThatIsNotThereAreTold() {
        assertThat(check("tdengine://127.0.0.1?databse=x")).isFalse();
        assertThat(check("tdengine://root:taosdata@127.0.0.1:1")).isFalse();
        assertThat(said()).contains("FAILED  url: ").contains("FAILED  connect: Nobody there");
    }
}
