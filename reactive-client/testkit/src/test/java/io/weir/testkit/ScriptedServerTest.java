package io.weir.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ScriptedServerTest {

    private static final byte[] HELLO = Hex.bytes("00 00 00 02 68 69");
    private static final byte[] ANSWER = Hex.bytes("01 02 03 04");

    @Test
    void answersWhatItExpects() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(
                        peer -> peer.expect(HELLO).sendSplitAt(ANSWER, 1, 3).expectEnd());
                Socket client = connect(server)) {
            client.getOutputStream().write(HELLO);
            assertThat(client.getInputStream().readNBytes(4)).isEqualTo(ANSWER);
            client.shutdownOutput();
            server.assertDone();
            assertThat(server.peers().get(0).received()).isEqualTo(HELLO);
        }
    }

    @Test
    void readsAFrameThatComesInPieces() throws IOException {
        FrameCutter cutter = FrameCutter.intLengthPrefixed();
        try (ScriptedServer server = ScriptedServer.start(peer -> peer.send(peer.readFrame(cutter)));
                Socket client = connect(server)) {
            for (byte piece : HELLO) {
                client.getOutputStream().write(piece);
            }
            assertThat(client.getInputStream().readAllBytes()).isEqualTo(HELLO);
            server.assertDone();
        }
    }

    @Test
    void aScriptThatGetsSomethingElseFailsTheTestWithADump() throws IOException {
        ScriptedServer server = ScriptedServer.start(peer -> peer.expect(HELLO));
        try (Socket client = connect(server)) {
            client.getOutputStream().write(Hex.bytes("00 00 00 02 68 61"));
            assertThatThrownBy(server::assertDone)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("byte 5 differs")
                    .hasMessageContaining("00 00 00 02 68 69")
                    .hasMessageContaining("00 00 00 02 68 61");
        } finally {
            server.close();
        }
    }

    @Test
    void aClientThatLeavesTooEarlyIsAFailure() throws IOException {
        ScriptedServer server = ScriptedServer.start(peer -> peer.read(2));
        try (Socket client = connect(server)) {
            client.getOutputStream().write(7);
        }
        assertThatThrownBy(server::assertDone)
                .hasMessageContaining("expected 2 bytes, but the client closed the connection after")
                .hasMessageContaining("000000  07");
        server.close();
    }

    @Test
    void aConnectionTooManyIsAFailure() throws IOException {
        ScriptedServer server = ScriptedServer.start();
        try (Socket client = connect(server)) {
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
        assertThatThrownBy(server::close)
                .as("a failure that nobody asked for is thrown at the end")
                .hasMessageContaining("connection 1, but there are scripts for 0");
    }

    @Test
    void waitsUntilItIsTold() throws IOException {
        CountDownLatch told = new CountDownLatch(1);
        try (ScriptedServer server = ScriptedServer.always(
                        peer -> peer.send((byte) 1).waitFor(told).sendByteByByte(ANSWER));
                Socket client = connect(server)) {
            assertThat(client.getInputStream().read()).isEqualTo(1);
            assertThat(client.getInputStream().available()).isZero();
            told.countDown();
            assertThat(client.getInputStream().readAllBytes()).isEqualTo(ANSWER);
            server.assertDone();
        }
    }

    @Test
    void aResetIsNoOrderlyEnd() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(peer -> peer.skip(1).reset());
                Socket client = connect(server)) {
            client.getOutputStream().write(1);
            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
            server.assertDone();
        }
    }

    @Test
    void silenceLastsUntilTheClientLeaves() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(Peer::stayTacit)) {
            try (Socket client = connect(server)) {
                client.getOutputStream().write(HELLO);
            }
            server.assertDone();
            assertThat(server.peers().get(0).received()).isEqualTo(HELLO);
        }
    }

    private static Socket connect(ScriptedServer server) throws IOException {
        return new Socket(server.host(), server.port());
    }
}
