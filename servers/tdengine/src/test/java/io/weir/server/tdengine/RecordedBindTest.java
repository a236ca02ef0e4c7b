package io.weir.server.tdengine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Binds as the vendor's clients were recorded to send them, in both forms, and statements after a failure. */
@Timeout(60)
class RecordedBindTest {

    private static final String BLOCKS = "1a000000090000000100000000000800000000" + "68e5cf8b010000"
            + "16000000040000000100000000000400000007000000"
            + "16000000060000000100000000000400000000002040"
            + "1600000008000000010000000101" + "0000000000000000"
            + "190000000a0000000100000000" + "010300000003000000616263";

    @Test
    void bothFormsStoreTheRecordedRow() {
        try (TdengineStandIn server =
                        TdengineStandIn.start(TdengineServerOptions.defaults().withVersion("3.4.1.13"));
                RawClient client = RawClient.connected(server)) {
            for (String sql : new String[] {
                "CREATE DATABASE d", "USE d", "CREATE TABLE t (ts TIMESTAMP, i INT, f FLOAT, v VARCHAR(9), n NCHAR(9))"
            }) {
                client.query(1, sql);
                assertThat(client.json()).containsEntry("code", 0L);
            }
            client.send("stmt2_init", "\"req_id\":1");
            client.json();
            client.send("stmt2_init", "\"req_id\":2");
            assertThat(client.json()).containsEntry("stmt_id", 2L);
            client.send(
                    "stmt2_prepare",
                    "\"req_id\":3,\"stmt_id\":2,\"sql\":\"INSERT INTO t VALUES(?,?,?,?,?)\",\"get_fields\":true");
            assertThat(client.json()).containsEntry("fields_count", 5L).containsEntry("is_insert", true);

            client.binary(HexFormat.of()
                    .parseHex("100000e57d1fb16f020000000000000009000000000000000100ffffffff"
                            + "95000000010000000000000005000000000000000000000" + "01c00000075000000" + BLOCKS));
            assertThat(client.json()).containsEntry("code", 0L).containsEntry("action", "stmt2_bind");
            client.send("stmt2_exec", "\"req_id\":4,\"stmt_id\":2");
            assertThat(client.json()).containsEntry("affected", 1L);

            client.binary(HexFormat.of()
                    .parseHex("0d00d0ef7d1ffe7702000000000000000b000000000000000100"
                            + "8900000001000000010000000500000014000000" + BLOCKS));
            assertThat(client.json()).containsEntry("affected", 1L).containsEntry("action", "stmt2_bind_exec");

            client.send("stmt2_exec", "\"req_id\":5,\"stmt_id\":2");
            assertThat(client.json())
                    .as("nothing is bound")
                    .containsEntry("code", 0x022AL)
                    .containsEntry("stmt_id", 2L);
            client.send("stmt2_result", "\"req_id\":6,\"stmt_id\":2");
            assertThat(client.json()).containsEntry("message", "stmt is insert, no result set");
            client.send("stmt2_close", "\"req_id\":7,\"stmt_id\":99");
            assertThat(client.json()).containsEntry("code", 0L);
            client.send("stmt2_exec", "\"req_id\":8,\"stmt_id\":99");
            assertThat(client.json()).containsEntry("message", "stmt2 is nil");
        }
    }
}
