package io.weir.server.iotdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.server.iotdb.IotdbServerOptions.Precision;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class IotdbServerIT {

    @TempDir
    Path temporary;

    @Test
    void answersFreezesRestartsAndLeavesNothingBehind() throws IOException {
        IotdbServer server = IotdbServer.start();
        Path folder = server.log().getParent();
        ProcessHandle first = server.process();
        assertThat(server.url()).isEqualTo("r2dbc:iotdb://root:root@127.0.0.1:" + server.port());

        server.pause();
        try (Socket socket = Ping.connected(server.host(), server.port())) {
            socket.setSoTimeout(200);
            assertThatThrownBy(() -> Ping.call(socket, "testConnectionEmptyRPC"))
                    .isInstanceOf(SocketTimeoutException.class);
        }
        server.resume();
        Ping.binary(server.host(), server.port());

        server.kill();
        assertThat(first.isAlive()).isFalse();
        assertThatThrownBy(() -> Ping.accepts(server.host(), server.port())).isInstanceOf(IOException.class);
        server.restart();
        Ping.binary(server.host(), server.port());
        ProcessHandle second = server.process();
        assertThat(second.pid()).isNotEqualTo(first.pid());

        server.close();
        server.close();
        assertThat(second.isAlive()).isFalse();
        assertThat(folder).doesNotExist();
    }

    @Test
    void keepsAFolderOfTheCallersAndItsPorts() {
        Path kept = temporary.resolve("kept");
        int port;
        try (IotdbServer server =
                IotdbServer.start(IotdbServerOptions.defaults().withFolder(kept))) {
            port = server.port();
        }
        assertThat(kept.resolve("data")).isDirectory();
        try (IotdbServer again = IotdbServer.start(IotdbServerOptions.defaults().withFolder(kept))) {
            assertThat(again.port()).isEqualTo(port);
        }
        IotdbServerOptions elsewhere = IotdbServerOptions.defaults()
                .withFolder(kept)
                .withPort(Ports.free(0).client());
        assertThatThrownBy(() -> IotdbServer.start(elsewhere)).hasMessageContaining("server on port " + port);
    }

    @Test
    void speaksTlsAndCountsInMicrosecondsWhenTold() throws Exception {
        Path keyStore = keyStore();
        IotdbServerOptions options = IotdbServerOptions.defaults()
                .withTls(keyStore, "secret")
                .withTimestampPrecision(Precision.MICROSECONDS)
                .withQueryTimeout(Duration.ofMinutes(10))
                .withMaxFrameBytes(1 << 24);
        try (IotdbServer server = IotdbServer.start(options);
                SSLSocket socket =
                        (SSLSocket) trusting(keyStore).getSocketFactory().createSocket(server.host(), server.port())) {
            assertThat(server.url()).startsWith("r2dbcs:iotdb://");
            String properties = new String(Ping.call(socket, "getProperties"), StandardCharsets.ISO_8859_1);
            assertThat(properties).contains("\0\0\0\2us").contains("2.0.1");
        }
    }

    @Test
    void hangsUpOnTheBinaryProtocolWhenItIsToSpeakTheCompactOne() {
        try (IotdbServer server =
                IotdbServer.start(IotdbServerOptions.defaults().withCompactProtocol())) {
            assertThatThrownBy(() -> Ping.binary(server.host(), server.port())).isInstanceOf(IOException.class);
        }
    }

    @Test
    void showsTheEndOfTheLogWhenItDoesNotStart() {
        IotdbServerOptions hopeless = IotdbServerOptions.defaults().withHeapMegabytes(1);

        assertThatThrownBy(() -> IotdbServer.start(hopeless))
                .hasMessageContaining("did not start")
                .hasMessageContaining("heap");
    }

    @Test
    void saysInOneSentenceThatAPortIsTaken() throws IOException {
        try (ServerSocket other = new ServerSocket(0)) {
            IotdbServerOptions taken = IotdbServerOptions.defaults().withPort(other.getLocalPort());

            assertThatThrownBy(() -> IotdbServer.start(taken))
                    .hasMessage("Port " + other.getLocalPort()
                            + " is taken on this machine: stop what listens there, or choose another port.");
        }
    }

    private Path keyStore() throws Exception {
        Path store = temporary.resolve("server.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=dns:localhost,ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "secret",
                        "-keystore",
                        store.toString())
                .inheritIO()
                .start();
        assertThat(keytool.waitFor()).isZero();
        return store;
    }

    private static SSLContext trusting(Path store) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, "secret".toCharArray());
        }
        // A trust store holds certificates only; an entry with a key is not trusted.
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", keys.getCertificate("mykey"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
