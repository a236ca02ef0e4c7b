package io.weir.http.websocket;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.util.concurrent.Future;
import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import io.weir.core.wire.LossReport;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Finds out that a socket is dead although it stands: the server says nothing, not even to our Ping, or takes nothing of
 * what we write. It sits before the decoder, because a long message that trickles in is a sign of life too.
 */
final class Pulse extends ChannelInboundHandlerAdapter {

    private final WebSocketWire wire;
    private final Channel channel;
    private final WebSocketSettings settings;
    private long lastIn;
    private boolean hasAsked;
    private long askedAt;
    private @Nullable Future<?> listening;
    private @Nullable Future<?> writing;
    private @Nullable Progress seen;

    /** What changes when the socket takes something. */
    private record Progress(long done, long ofCurrent, int current, long waiting) {}

    Pulse(WebSocketWire wire, Channel channel, WebSocketSettings settings) {
        this.wire = wire;
        this.channel = channel;
        this.settings = settings;
        this.lastIn = wire.now();
    }

    long lastIn() {
        return lastIn;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        lastIn = wire.now();
        hasAsked = false;
        ctx.fireChannelRead(message);
    }

    void begin() {
        if (!settings.livenessInterval().isZero()) {
            listen(settings.livenessInterval().toNanos());
        }
    }

    void stop() {
        if (listening != null) {
            listening.cancel(false);
        }
        if (writing != null) {
            writing.cancel(false);
        }
    }

    // --- reading ---

    private void listen(long nanos) {
        listening = channel.eventLoop().schedule(this::ask, nanos, TimeUnit.NANOSECONDS);
    }

    private void ask() {
        long now = wire.now();
        long limit = settings.livenessLimit().toNanos();
        long interval = settings.livenessInterval().toNanos();
        if (hasAsked) {
            if (now - askedAt >= limit) {
                wire.handler().dead(silent(now - lastIn));
            } else {
                listen(limit - (now - askedAt));
            }
        } else if (now - lastIn >= interval) {
            hasAsked = true;
            askedAt = now;
            wire.writer().ping();
            listen(limit);
        } else {
            listen(interval - (now - lastIn));
        }
    }

    private WeirException silent(long nanos) {
        return wire.reports()
                .locate(WeirException.of(
                        ErrorKind.CLOSED,
                        "Nothing came from " + wire.endpoint() + " for " + LossReport.human(nanos)
                                + ", not even an answer to our Ping, although the connection stands: it was given up."
                                + " The server hangs, or something on the way has forgotten the connection."))
                .build();
    }

    // --- writing ---

    /** Something has been written: from now on the socket has to take something now and then. */
    void wrote() {
        if (writing == null && !settings.writeTimeout().isZero()) {
            seen = progress();
            watch();
        }
    }

    private void watch() {
        writing =
                channel.eventLoop().schedule(this::look, settings.writeTimeout().toNanos(), TimeUnit.NANOSECONDS);
    }

    private void look() {
        writing = null;
        if (wire.writer().unsent() == 0) {
            return;
        }
        Progress now = progress();
        if (now.equals(seen)) {
            wire.handler().dead(stuck());
        } else {
            seen = now;
            watch();
        }
    }

    private Progress progress() {
        ChannelOutboundBuffer out = channel.unsafe().outboundBuffer();
        long done = wire.writer().done();
        return out == null
                ? new Progress(done, 0, 0, 0)
                : new Progress(
                        done,
                        out.currentProgress(),
                        System.identityHashCode(out.current()),
                        out.totalPendingWriteBytes());
    }

    private WeirException stuck() {
        return wire.reports()
                .locate(WeirException.of(
                        ErrorKind.CLOSED,
                        wire.endpoint() + " took nothing of what was written to it for "
                                + LossReport.human(settings.writeTimeout().toNanos())
                                + " (writeTimeout), although the connection stands: it was given up."
                                + " The server hangs, or the network on the way does."))
                .build();
    }
}
