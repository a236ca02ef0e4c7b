package io.weir.http.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A question in the toy protocol of these tests: {@code key=question}, answered by {@code key=answer}; an answer that begins
 * with {@code !} is a refusal, one with {@code ?} makes no sense.
 */
class Ask extends KeyedExchange<Integer, String> {

    /** The toy protocol; it remembers what nobody had asked for. */
    static final class Toy implements KeyedProtocol<Integer> {
        final List<String> unexpected = new CopyOnWriteArrayList<>();

        @Override
        public Integer key(Incoming answer) {
            String text = text(answer);
            int end = text.indexOf('=');
            return end < 0 ? null : Integer.valueOf(text.substring(0, end));
        }

        @Override
        public void unexpected(KeyedWire<Integer> wire, Incoming answer) {
            unexpected.add(text(answer));
        }
    }

    final String question;
    final List<String> late = new CopyOnWriteArrayList<>();
    final AtomicInteger abandoned = new AtomicInteger();
    final AtomicInteger ends = new AtomicInteger();
    volatile boolean encoded;

    Ask(int key, String question) {
        this(key, question, Duration.ZERO);
    }

    Ask(int key, String question, Duration limit) {
        super(key, question.isEmpty() ? Form.BINARY : Form.TEXT, "ask", limit);
        this.question = question;
    }

    static String text(Incoming message) {
        return message.content().toString(StandardCharsets.UTF_8);
    }

    @Override
    protected void encode(ByteBuf out) {
        if (question.equals("broken")) {
            out.writeInt(1);
            throw new IllegalArgumentException("it is broken");
        }
        encoded = true;
        if (!question.isEmpty()) {
            ByteBufUtil.writeUtf8(out, key() + "=" + question);
        }
    }

    @Override
    protected String answer(Incoming answer) {
        String text = text(answer);
        String value = text.substring(text.indexOf('=') + 1);
        if (value.startsWith("!")) {
            throw WeirException.of(ErrorKind.SERVER, value).code(7).build();
        }
        if (value.startsWith("?")) {
            throw new IllegalStateException(value);
        }
        return value.isEmpty() ? null : value;
    }

    @Override
    protected void late(Incoming answer) {
        late.add(text(answer));
    }

    @Override
    protected void abandoned() {
        abandoned.incrementAndGet();
    }

    @Override
    protected void ended() {
        ends.incrementAndGet();
    }
}
