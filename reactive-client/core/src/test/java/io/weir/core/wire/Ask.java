package io.weir.core.wire;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A question in the toy protocol of these tests: a text in a frame with a length of four bytes; answered by frames of
 * text, of which the last one begins with {@code .}.
 */
class Ask extends FluxExchange<String> {

    final List<String> seen = new CopyOnWriteArrayList<>();
    volatile boolean encoded;
    final AtomicInteger cancels = new AtomicInteger();
    final AtomicInteger ends = new AtomicInteger();
    final String question;

    Ask(String question) {
        this(question, Duration.ZERO);
    }

    Ask(String question, Duration limit) {
        super("ask", limit);
        this.question = question;
    }

    @Override
    protected void encode(ByteBuf out) {
        encoded = true;
        write(out, question);
    }

    @Override
    protected boolean frame(ByteBuf frame) {
        String text = frame.toString(StandardCharsets.UTF_8);
        seen.add(text);
        if (text.startsWith("!")) {
            throw new IllegalStateException("no such frame: " + text);
        }
        boolean last = text.startsWith(".");
        emit(last ? text.substring(1) : text);
        if (last) {
            complete();
        }
        return last;
    }

    @Override
    protected void cancelled() {
        cancels.incrementAndGet();
    }

    @Override
    protected void ended() {
        ends.incrementAndGet();
    }

    static void write(ByteBuf out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length).writeBytes(bytes);
    }
}
