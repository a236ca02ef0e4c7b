package io.weir.http.websocket;

import io.netty.channel.Channel;
import io.weir.core.Endpoint;
import io.weir.core.WeirException;
import io.weir.core.WeirException.Sent;
import io.weir.core.wire.ChannelWire;
import org.jspecify.annotations.Nullable;

/**
 * A live WebSocket as messages. It answers Pings by itself, sends its own when the server is silent, and gives up a socket
 * on which nothing moves. Reading never stops, whoever wants less has to ask for less: {@link KeyedWire} stands on it.
 *
 * <p>{@link WebSocketConnector} opens them.
 */
public final class WebSocketWire extends ChannelWire {

    private final WebSocketSettings settings;
    private final Pulse pulse;
    private final WebSocketWriter writer;
    private final WebSocketHandler handler;
    private Listener listener = new Nobody();

    WebSocketWire(WebSocketSettings settings, Endpoint endpoint, Channel channel) {
        super(settings.socket(), endpoint, channel);
        this.settings = settings;
        this.pulse = new Pulse(this, channel, settings);
        this.writer = new WebSocketWriter(this, channel);
        this.handler = new WebSocketHandler(this, channel);
    }

    /** Sends a Close frame, and closes the socket once it has left: there are servers that never answer it. */
    @Override
    protected void closeSocket(@Nullable WeirException why) {
        handler.close(why);
    }

    /** From now on, and on the loop. */
    void listen(Listener who) {
        listener = who;
    }

    /** What an exchange hears that had no answer. */
    WeirException loss(String operation, Sent sent) {
        return end().loss(operation, sent, sinceOut(), sinceIn());
    }

    long sinceOut() {
        return now() - writer.lastOut();
    }

    long sinceIn() {
        return now() - pulse.lastIn();
    }

    WebSocketSettings settings() {
        return settings;
    }

    WebSocketWriter writer() {
        return writer;
    }

    WebSocketHandler handler() {
        return handler;
    }

    Pulse pulse() {
        return pulse;
    }

    Listener listener() {
        return listener;
    }

    /** Until there is somebody who listens. */
    private final class Nobody implements Listener {
        @Override
        public void message(Incoming message) {
            handler.close(reports().unasked(message.content().readableBytes()));
        }

        @Override
        public void readComplete() {}

        @Override
        public void writable() {}

        @Override
        public void lost() {}
    }
}
