package io.weir.http.websocket;

import io.netty.channel.ChannelConfig;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketClientExtensionHandler;
import io.netty.handler.codec.http.websocketx.extensions.compression.PerMessageDeflateClientExtensionHandshaker;
import io.weir.core.Endpoint;
import io.weir.core.wire.Dialer;
import io.weir.core.wire.StraightReads;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;

/** Opens WebSockets. */
public final class WebSocketConnector extends Dialer<WebSocketWire> {

    /** Of a page that says why there is no WebSocket here. */
    private static final int MAX_REFUSAL = 256 * 1024;

    private static final int FASTEST = 1;
    private static final int LARGEST_WINDOW = 15;

    private final WebSocketSettings settings;

    public WebSocketConnector(WebSocketSettings settings) {
        super(settings.socket());
        this.settings = settings;
    }

    @Override
    protected Mono<WebSocketWire> open(Connection connection, Endpoint endpoint) {
        return Mono.create(sink -> {
            WebSocketWire wire = new WebSocketWire(settings, endpoint, connection.channel());
            connection
                    .addHandlerLast("weir-bytes", wire.pulse())
                    .addHandlerLast("weir-http", new HttpClientCodec())
                    .addHandlerLast("weir-http-body", new HttpObjectAggregator(MAX_REFUSAL));
            LongFrames longFrames = new LongFrames(settings.maxMessage());
            if (settings.deflate()) {
                connection.addHandlerLast("weir-deflate", new WebSocketClientExtensionHandler(deflate()));
            }
            connection.addHandlerLast("weir-handshake", new Handshake(settings, wire, longFrames, sink));
            ChannelConfig config = connection.channel().config();
            // Below TLS the socket's bytes are not yet those of the frames.
            if (settings.socket().tls() == null) {
                config.setRecvByteBufAllocator(new StraightReads(config.getRecvByteBufAllocator(), longFrames));
            }
            config.setAutoRead(true);
        });
    }

    /** The server may keep its window from message to message or not; what it inflates to is bounded. */
    private PerMessageDeflateClientExtensionHandshaker deflate() {
        return new PerMessageDeflateClientExtensionHandshaker(
                FASTEST, false, LARGEST_WINDOW, true, false, settings.maxMessage());
    }
}
