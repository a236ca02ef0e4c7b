package io.weir.iotdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.iotdb.protocol.ServerMessages;
import io.weir.iotdb.protocol.ServerMessages.Received;
import io.weir.iotdb.session.Talk;
import io.weir.iotdb.type.IotdbType;
import io.weir.iotdb.type.Tablet;
import io.weir.testkit.FrameCutter;
import io.weir.testkit.Peer;
import io.weir.testkit.ScriptedServer;

/** What scripts of writes have in common. */
final class WriteScript {

    private WriteScript() {}

    static Received next(Peer peer) {
        return ServerMessages.received(peer.readFrame(FrameCutter.intLengthPrefixed()));
    }

    static void login(Peer peer) {
        peer.send(ServerMessages.reply(next(peer), ServerMessages.opened(200, "Login successfully", 77)));
        Received id = next(peer);
        Received properties = next(peer);
        peer.send(ServerMessages.reply(id, 5));
        peer.send(ServerMessages.reply(properties, ServerMessages.properties("2.0.1-script")));
    }

    /** The next tablet, by the name of its device. */
    static Received tablet(Peer peer, String device) {
        Received call = next(peer);
        assertThat(call.method()).isEqualTo("insertTablet");
        assertThat(call.argument("prefixPath")).isEqualTo(device);
        return call;
    }

    static void answer(Peer peer, Received call, int code) {
        peer.send(ServerMessages.reply(call, ServerMessages.status(code, "status " + code)));
    }

    /** The client goes; it logs out first, unless an answer was just being dealt with. */
    static void farewell(Peer peer) {
        new Talk(peer).logout();
    }

    static Tablet one(String device) {
        Tablet tablet = Tablet.ofDevice(device).column("v", IotdbType.INT32).build();
        tablet.row(1).set(0, 1);
        return tablet;
    }

    /** A client with one connection, as a script is for one. */
    static IotdbClient client(ScriptedServer server, String... options) {
        return IotdbClient.create("iotdb://" + server.host() + ":" + server.port() + "?sharedWires=1&maxWires=1"
                + String.join("", options));
    }
}
