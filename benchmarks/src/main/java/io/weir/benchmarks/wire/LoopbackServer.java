package io.weir.benchmarks.wire;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.weir.core.Endpoint;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One NIO loop that answers each frame with 64 bytes, or, where the question is a number, with a stream of that many
 * bytes in frames of 200, which stops when the client does not read.
 */
final class LoopbackServer implements AutoCloseable {

    static final int STREAM_FRAME = 200;

    private static final byte[] ANSWER = new byte[64];

    private final MultiThreadIoEventLoopGroup loop =
            new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("server", true), NioIoHandler.newFactory());
    private final Channel listener;
    final AtomicLong streamed = new AtomicLong();

    /** @param sendBuffer of the kernel for each socket, in bytes; 0 leaves it to the kernel */
    LoopbackServer(int sendBuffer) {
        ServerBootstrap server = new ServerBootstrap();
        if (sendBuffer > 0) {
            server.childOption(ChannelOption.SO_SNDBUF, sendBuffer);
        }
        listener = server.group(loop)
                .channel(NioServerSocketChannel.class)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline()
                                .addLast(new LengthFieldBasedFrameDecoder(1 << 20, 0, 4, 0, 4), new Answers());
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .syncUninterruptibly()
                .channel();
    }

    Endpoint endpoint() {
        InetSocketAddress address = (InetSocketAddress) listener.localAddress();
        return new Endpoint("127.0.0.1", address.getPort());
    }

    @Override
    public void close() {
        loop.shutdownGracefully().syncUninterruptibly();
    }

    private final class Answers extends ChannelInboundHandlerAdapter {
        private long left;

        @Override
        @SuppressWarnings("FutureReturnValueIgnored") // a void promise tells nothing
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ByteBuf question = (ByteBuf) message;
            if (question.readableBytes() == Long.BYTES) {
                left = question.readLong();
                stream(ctx);
            } else {
                ctx.write(frame(ctx, ANSWER.length, 0), ctx.voidPromise());
            }
            question.release();
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext ctx) {
            ctx.flush();
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext ctx) {
            stream(ctx);
        }

        private void stream(ChannelHandlerContext ctx) {
            while (left > 0 && ctx.channel().isWritable()) {
                ByteBuf many = ctx.alloc().buffer(32 * 1024);
                while (left > 0 && many.writableBytes() >= STREAM_FRAME + 4) {
                    left -= STREAM_FRAME;
                    // The first byte of the last frame says so.
                    many.writeInt(STREAM_FRAME).writeByte(left > 0 ? 0 : 1).writeZero(STREAM_FRAME - 1);
                }
                int bytes = many.readableBytes();
                ctx.writeAndFlush(many).addListener(sent -> streamed.addAndGet(bytes));
            }
        }

        private static ByteBuf frame(ChannelHandlerContext ctx, int length, int first) {
            return ctx.alloc()
                    .buffer(length + 4)
                    .writeInt(length)
                    .writeByte(first)
                    .writeZero(length - 1);
        }
    }
}
