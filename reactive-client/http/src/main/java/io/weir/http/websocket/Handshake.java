package io.weir.http.websocket;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.websocketx.RandomWebSocketFrameMaskGenerator;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshakeException;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshaker13;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketFrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import io.weir.core.WeirException;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.MonoSink;

/** Asks for the WebSocket, and puts the wire's handler into its place once it is granted. */
final class Handshake extends SimpleChannelInboundHandler<FullHttpResponse> {

    /** As Netty's handshake names it. */
    private static final String DECODER = "ws-decoder";

    private final WebSocketSettings settings;
    private final WebSocketWire wire;
    private final LongFrames longFrames;
    private final MonoSink<WebSocketWire> sink;
    private final HandshakeErrors errors;
    private final WebSocketClientHandshaker handshaker;
    private @Nullable Throwable cause;
    /** Nobody is told twice, nor after he has left. */
    private volatile boolean over;

    Handshake(WebSocketSettings settings, WebSocketWire wire, LongFrames longFrames, MonoSink<WebSocketWire> sink) {
        this.settings = settings;
        this.wire = wire;
        this.longFrames = longFrames;
        this.sink = sink;
        this.errors = new HandshakeErrors(settings, wire.endpoint());
        this.handshaker = handshaker();
        sink.onCancel(() -> over = true);
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // what goes wrong is told by the listener
    public void handlerAdded(ChannelHandlerContext ctx) {
        handshaker.handshake(ctx.channel()).addListener(written -> {
            if (!written.isSuccess()) {
                fail(ctx, errors.broken(written.cause()));
            }
        });
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpResponse response) {
        if (response.decoderResult().isFailure()) {
            fail(ctx, errors.notHttp(response.decoderResult().cause()));
        } else if (!response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
            fail(ctx, errors.refused(response));
        } else {
            granted(ctx, response);
        }
    }

    private void granted(ChannelHandlerContext ctx, FullHttpResponse response) {
        try {
            handshaker.finishHandshake(ctx.channel(), response);
        } catch (WebSocketClientHandshakeException e) {
            fail(ctx, errors.broken(e));
            return;
        }
        // What came together with the answer is read after this: the HTTP codec hands it on when it leaves.
        ctx.pipeline().addBefore(DECODER, "weir-long", longFrames);
        ctx.pipeline().replace(this, "weir", wire.handler());
        over = true;
        sink.success(wire);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable t) {
        cause = t;
        fail(ctx, errors.broken(t));
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        fail(ctx, errors.cut(cause));
        ctx.fireChannelInactive();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for the end of a socket that nobody got
    private void fail(ChannelHandlerContext ctx, WeirException error) {
        if (!over) {
            over = true;
            sink.error(error);
        }
        ctx.close();
    }

    private WebSocketClientHandshaker handshaker() {
        HttpHeaders headers = new DefaultHttpHeaders();
        settings.headers().forEach(headers::set);
        String scheme = settings.socket().tls() == null ? "ws://" : "wss://";
        URI uri = URI.create(scheme + wire.endpoint() + settings.path());
        int maxFrame = settings.maxMessage();
        return new WebSocketClientHandshaker13(
                uri, WebSocketVersion.V13, null, settings.deflate(), headers, maxFrame, true, false) {
            @Override
            protected WebSocketFrameEncoder newWebSocketEncoder() {
                return new MaskedFrames(RandomWebSocketFrameMaskGenerator.INSTANCE);
            }

            @Override
            protected WebSocketFrameDecoder newWebsocketDecoder() {
                return new WebSocket13FrameDecoder(WebSocketDecoderConfig.newBuilder()
                        .expectMaskedFrames(false)
                        .allowExtensions(settings.deflate())
                        .maxFramePayloadLength(maxFrame)
                        // The wire says good-bye itself, and tells everybody why.
                        .closeOnProtocolViolation(false)
                        .build());
            }
        };
    }
}
