package io.weir.tdengine.session;

import io.netty.buffer.ByteBuf;
import io.weir.core.WeirException;
import io.weir.http.websocket.Form;
import io.weir.http.websocket.Incoming;
import io.weir.http.websocket.KeyedExchange;
import io.weir.tdengine.protocol.AnswerHead;
import io.weir.tdengine.protocol.FetchAnswer;
import io.weir.tdengine.protocol.JsonAnswer;
import io.weir.tdengine.protocol.RawDataAnswer;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One request and its answer. */
final class Ask<T> extends KeyedExchange<AnswerHead, T> {

    /** Writes a request with that number. */
    interface Writer {
        void write(ByteBuf out, long requestId);
    }

    /**
     * What is asked.
     *
     * @param action under which the answer comes
     * @param secret whether it must not be logged
     * @param stoppable whether the server works on it for as long as it may take, and can be told to stop
     */
    record Question(String action, Form form, Writer writer, boolean secret, boolean stoppable) {}

    private final Rpc rpc;
    private final long requestId;
    private final Question question;
    private final Function<Incoming, @Nullable T> reader;
    private final Consumer<JsonAnswer> inVain;
    private volatile boolean over;

    Ask(
            Rpc rpc,
            long requestId,
            Question question,
            Duration limit,
            Function<Incoming, @Nullable T> reader,
            Consumer<JsonAnswer> inVain) {
        super(new AnswerHead(question.action(), requestId), question.form(), question.action(), limit);
        this.rpc = rpc;
        this.requestId = requestId;
        this.question = question;
        this.reader = reader;
        this.inVain = inVain;
    }

    /** Reads JSON answers; a refusal is thrown. */
    static <T> Function<Incoming, @Nullable T> json(Function<JsonAnswer, @Nullable T> reader) {
        return incoming -> {
            JsonAnswer answer = JsonAnswer.read(incoming.content());
            WeirException refusal = answer.error();
            if (refusal != null) {
                throw refusal;
            }
            return reader.apply(answer);
        };
    }

    /** Reads answers to fetches, which are bytes even where they are refusals; a text can be nothing else. */
    static <T> Function<Incoming, @Nullable T> block(Function<FetchAnswer, @Nullable T> reader) {
        Function<Incoming, @Nullable T> refusal = json(answer -> null);
        return incoming -> incoming.form() == Form.TEXT
                ? refusal.apply(incoming)
                : reader.apply(FetchAnswer.read(incoming.content()));
    }

    /** Reads the rows of a subscription's message, which are bytes even where they are a refusal. */
    static <T> Function<Incoming, @Nullable T> rows(Function<RawDataAnswer, @Nullable T> reader) {
        Function<Incoming, @Nullable T> refusal = json(answer -> null);
        return incoming -> {
            if (incoming.form() == Form.TEXT) {
                return refusal.apply(incoming);
            }
            RawDataAnswer answer = RawDataAnswer.read(incoming.content());
            WeirException error = answer.error();
            if (error != null) {
                throw error;
            }
            return reader.apply(answer);
        };
    }

    @Override
    protected void encode(ByteBuf out) {
        question.writer().write(out, requestId);
    }

    @Override
    protected @Nullable T answer(Incoming answer) {
        return reader.apply(answer);
    }

    @Override
    protected void late(Incoming answer) {
        if (answer.form() == Form.TEXT) {
            JsonAnswer late = JsonAnswer.read(answer.content());
            if (late.error() == null) {
                Answers.free(rpc.wire(), late);
            }
            inVain.accept(late);
        }
    }

    @Override
    protected void abandoned() {
        if (question.stoppable()) {
            rpc.abandoned(requestId, () -> over);
        }
    }

    @Override
    protected void ended() {
        over = true;
        rpc.answered();
    }

    @Override
    protected boolean confidential() {
        return question.secret();
    }
}
