package io.weir.iotdb;

import static io.weir.iotdb.WriteScript.answer;
import static io.weir.iotdb.WriteScript.farewell;
import static io.weir.iotdb.WriteScript.login;
import static io.weir.iotdb.WriteScript.one;
import static io.weir.iotdb.WriteScript.tablet;

import io.weir.testkit.Certificates;
import io.weir.testkit.ScriptedServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

/** A server that wants to know its clients. No IoTDB that can be run here does, so this is all the proof there is. */
class MutualTlsScriptTest {

    private static final Certificates CERTIFICATES = Certificates.get();

    private static ScriptedServer server() {
        return ScriptedServer.always(new Asking(), peer -> {
            login(peer);
            answer(peer, tablet(peer, "d"), 200);
            farewell(peer);
        });
    }

    private static void writes(ScriptedServer server, IotdbClient.Builder builder) {
        IotdbClient client = at(server, builder);
        StepVerifier.create(client.writes().insertTablet(one("d")))
                .expectNext(WriteResult.written(1))
                .verifyComplete();
        client.close().block();
        server.assertDone();
    }

    private static IotdbClient at(ScriptedServer server, IotdbClient.Builder builder) {
        return builder.url("iotdbs://localhost:" + server.port() + "?sharedWires=1&maxWires=1")
                .option("sslRootCert", CERTIFICATES.authorityPem().toString())
                .build();
    }

    @Test
    void isShownOurCertificateFromPemFiles() {
        try (ScriptedServer server = server()) {
            writes(
                    server,
                    IotdbClient.builder()
                            .option("sslCert", CERTIFICATES.chainPem("client").toString())
                            .option("sslKey", CERTIFICATES.keyPem("client").toString()));
        }
    }

    @Test
    void isShownOurCertificateFromAKeyStore() {
        try (ScriptedServer server = server()) {
            writes(
                    server,
                    IotdbClient.builder()
                            .option(
                                    "keyStore",
                                    CERTIFICATES.keyStore("client", "PKCS12").toString())
                            .option("keyStorePassword", Certificates.PASSWORD));
        }
    }

    /** Sockets that ask for a certificate of whoever connects. */
    private static final class Asking extends ServerSocketFactory {
        private final ServerSocketFactory sockets =
                CERTIFICATES.serverContext("server").getServerSocketFactory();

        private static ServerSocket asking(ServerSocket socket) {
            ((SSLServerSocket) socket).setNeedClientAuth(true);
            return socket;
        }

        @Override
        public ServerSocket createServerSocket() throws IOException {
            return asking(sockets.createServerSocket());
        }

        @Override
        public ServerSocket createServerSocket(int port) throws IOException {
            return asking(sockets.createServerSocket(port));
        }

        @Override
        public ServerSocket createServerSocket(int port, int backlog) throws IOException {
            return asking(sockets.createServerSocket(port, backlog));
        }

        @Override
        public ServerSocket createServerSocket(int port, int backlog, InetAddress address) throws IOException {
            return asking(sockets.createServerSocket(port, backlog, address));
        }
    }
}
