package io.weir.server.tdengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The vendor's JDBC driver over TLS. */
@Timeout(60)
class JdbcTlsIT {

    @TempDir
    private Path folder;

    @Test
    void readsOverTlsAndRefusesACertificateThatItDoesNotTrust() throws Exception {
        try (TdengineStandIn server =
                TdengineStandIn.start(TdengineServerOptions.defaults().withTls(SelfSigned.context(folder)))) {
            try (Connection connection =
                    Jdbc.connect(server, "", "useSSL", "true", "disableSSLCertValidation", "true")) {
                assertThat(Jdbc.rows(connection, "SELECT * FROM weir_gen.rows_20000"))
                        .hasSize(20_000);
            }
            assertThatThrownBy(() -> Jdbc.connect(server, "", "useSSL", "true")).isInstanceOf(SQLException.class);
        }
    }
}
