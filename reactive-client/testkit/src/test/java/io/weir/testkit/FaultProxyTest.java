package io.weir.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FaultProxyTest {

    private static final Duration QUIET = Duration.ofMillis(200);

    private final ScriptedServer echo = ScriptedServer.always(peer -> {
        try {
            while (true) {
                peer.send(peer.read(1));
            }
        } catch (AssertionError | UncheckedIOException clientLeft) {
            peer.close();
        }
    });
    private final FaultProxy proxy = FaultProxy.before(echo.host(), echo.port());

    @AfterEach
    void end() {
        proxy.close();
        echo.close();
    }

    @Test
    void passesBytesBothWaysAndRecordsThem() throws Exception {
        proxy.forNewLinks(link -> {
            link.toServer().record();
            link.toClient().record();
        });
        try (Socket client = connect()) {
            assertThat(echoed(client, "weir")).isEqualTo("weir");
            assertThat(text(proxy.link(0).toServer().recorded())).isEqualTo("weir");
            assertThat(text(proxy.link(0).toClient().awaitBytes(4).recorded())).isEqualTo("weir");
        }
        proxy.link(0).awaitEnd();
    }

    @Test
    void splitsEveryByte() throws IOException {
        proxy.forNewLinks(link -> link.toServer().splitEveryByte(true).record());
        try (Socket client = connect()) {
            assertThat(echoed(client, "abcd")).isEqualTo("abcd");
        }
        assertThat(proxy.link(0).toServer().awaitBytes(4).chunks()).hasSize(4).allMatch(chunk -> chunk.length == 1);
    }

    @Test
    void holdsWhileTheConnectionStandsAndGoesOn() throws IOException {
        try (Socket client = connect()) {
            assertThat(echoed(client, "a")).isEqualTo("a");
            Flow toClient = proxy.link(0).toClient().holdAt(3);
            send(client, "bcd");
            assertThat(text(client.getInputStream().readNBytes(2))).isEqualTo("bc");
            assertThat(toClient.awaitHeld().awaitQuiet(QUIET)).isEqualTo(3);
            assertThat(client.getInputStream().available()).isZero();
            toClient.pass();
            assertThat(text(client.getInputStream().readNBytes(1))).isEqualTo("d");
        }
    }

    @Test
    void letsExactlySoManyFramesThrough() throws IOException {
        FrameCutter cutter = FrameCutter.intLengthPrefixed();
        byte[] frames = ByteBuffer.allocate(17)
                .putInt(1)
                .put((byte) 7)
                .putInt(0)
                .putInt(4)
                .putInt(9)
                .array();
        try (Socket client = connect()) {
            assertThat(echoed(client, "x")).isEqualTo("x");
            Flow toClient = proxy.link(0).toClient().holdAfterFrames(cutter, 2);
            client.getOutputStream().write(frames);
            assertThat(toClient.awaitHeld().awaitQuiet(QUIET)).isEqualTo(1 + 5 + 4);
            assertThat(client.getInputStream().readNBytes(9)).isEqualTo(Arrays.copyOf(frames, 9));
            toClient.holdAfterFrames(cutter, 0);
            assertThat(toClient.awaitHeld().awaitQuiet(QUIET)).isEqualTo(10);
            toClient.holdAfterFrames(cutter, 1);
            assertThat(client.getInputStream().readNBytes(8)).isEqualTo(Arrays.copyOfRange(frames, 9, 17));
        }
    }

    @ParameterizedTest
    @EnumSource(Cut.class)
    void cutsAfterSoManyBytesToTheClient(Cut how) throws Exception {
        proxy.forNewLinks(link -> link.toClient().cutAt(3, how));
        try (Socket client = connect()) {
            send(client, "abcdef");
            InputStream in = client.getInputStream();
            if (how == Cut.FIN) {
                assertThat(text(in.readAllBytes())).isEqualTo("abc");
            } else {
                assertThatThrownBy(in::readAllBytes).isInstanceOf(SocketException.class);
            }
        }
        assertThat(proxy.link(0).toClient().bytes()).isEqualTo(3);
        proxy.link(0).awaitEnd();
    }

    @Test
    void cutsAfterSoManyBytesToTheServer() throws IOException {
        proxy.forNewLinks(link -> link.toServer().cutAt(2, Cut.FIN));
        try (Socket client = connect()) {
            send(client, "abcdef");
            assertThat(text(client.getInputStream().readAllBytes()).length()).isLessThanOrEqualTo(2);
            assertThat(proxy.link(0).toServer().bytes()).isEqualTo(2);
        }
        proxy.link(0).toServer().awaitBytes(2);
        // The other side may not even have accepted the connection yet.
        assertThat(echo.peers())
                .allSatisfy(peer -> assertThat(text(peer.received())).isIn("", "a", "ab"));
    }

    @Test
    void cutsAnIdleConnection() throws Exception {
        try (Socket client = connect()) {
            assertThat(echoed(client, "a")).isEqualTo("a");
            proxy.forAll(link -> link.cut(Cut.FIN));
            assertThat(client.getInputStream().read()).isEqualTo(-1);
            assertThat(proxy.link(0).isEnded())
                    .as("ended before the client has closed")
                    .isFalse();
        }
        proxy.link(0).awaitEnd();
    }

    @Test
    void aBlackHoleAcceptsAndNeverAnswers() throws Exception {
        proxy.blackHole(true);
        try (Socket client = connect()) {
            send(client, "hello?");
            client.setSoTimeout((int) QUIET.toMillis());
            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        }
        proxy.link(0).awaitEnd();
        assertThat(echo.connections()).isZero();
        proxy.blackHole(false);
        try (Socket client = connect()) {
            assertThat(echoed(client, "back")).isEqualTo("back");
        }
    }

    @Test
    void delaysEachChunkAndThrottles() throws IOException {
        proxy.forNewLinks(link -> {
            link.toServer().delay(Duration.ofMillis(60));
            link.toClient().throttle(100);
        });
        long begin = System.nanoTime();
        try (Socket client = connect()) {
            assertThat(echoed(client, "0123456789")).isEqualTo("0123456789");
        }
        // A lower bound: however slow the machine is, it cannot be undercut.
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(60 + 80));
    }

    @Test
    void aServerThatIsNotThereEndsTheConnection() throws IOException {
        proxy.target(ClosedPort.host(), ClosedPort.number());
        try (Socket client = connect()) {
            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
        }
    }

    @Test
    void aClientThatDoesNotReadHoldsTheServerBack() throws Exception {
        int buffer = 16 * 1024;
        byte[] piece = new byte[64 * 1024];
        try (ScriptedServer fire = ScriptedServer.start(peer -> {
                    for (int i = 0; i < 800; i++) {
                        peer.send(piece);
                    }
                });
                FaultProxy narrow = FaultProxy.before(fire.host(), fire.port(), buffer);
                Socket client = new Socket()) {
            client.setReceiveBufferSize(buffer);
            client.connect(new InetSocketAddress(narrow.host(), narrow.port()));
            long passed = narrow.link(0).toClient().awaitBytes(1).awaitQuiet(QUIET);
            // Two buffers, each up to twice of what was asked for.
            assertThat(passed).isPositive().isLessThanOrEqualTo(4L * buffer);
            assertThat(client.getInputStream().readAllBytes()).hasSize(800 * piece.length);
            fire.assertDone();
        }
    }

    private Socket connect() throws IOException {
        return new Socket(proxy.host(), proxy.port());
    }

    private static void send(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String echoed(Socket client, String text) throws IOException {
        send(client, text);
        return text(client.getInputStream().readNBytes(text.length()));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.US_ASCII);
    }
}
