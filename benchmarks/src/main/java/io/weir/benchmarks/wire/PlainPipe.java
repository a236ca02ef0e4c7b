package io.weir.benchmarks.wire;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.weir.core.Endpoint;
import java.util.ArrayDeque;

/** What one would write first: each question hops to the loop by itself and is flushed by itself. */
final class PlainPipe implements Pipe {

    private static final byte[] QUESTION = new byte[64];

    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    private final Channel channel;

    PlainPipe(EventLoopGroup loop, Endpoint endpoint) {
        channel = new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel fresh) {
                        fresh.pipeline().addLast(new LengthFieldBasedFrameDecoder(1 << 20, 0, 4, 0, 4), new Answers());
                    }
                })
                .connect(endpoint.host(), endpoint.port())
                .syncUninterruptibly()
                .channel();
    }

    @Override
    public void ask(Runnable answered) {
        if (channel.eventLoop().inEventLoop()) {
            send(answered);
        } else {
            channel.eventLoop().execute(() -> send(answered));
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a void promise tells nothing
    private void send(Runnable answered) {
        waiting.add(answered);
        ByteBuf question = channel.alloc().buffer(QUESTION.length + 4);
        channel.writeAndFlush(question.writeInt(QUESTION.length).writeBytes(QUESTION), channel.voidPromise());
    }

    @Override
    public void close() {
        channel.close().syncUninterruptibly();
    }

    private final class Answers extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ((ByteBuf) message).release();
            waiting.remove().run();
        }
    }
}
