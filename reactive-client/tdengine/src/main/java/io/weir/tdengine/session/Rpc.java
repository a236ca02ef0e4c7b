package io.weir.tdengine.session;

import io.netty.buffer.ByteBuf;
import io.weir.core.WeirException;
import io.weir.http.websocket.Form;
import io.weir.http.websocket.KeyedWire;
import io.weir.tdengine.protocol.AnswerHead;
import io.weir.tdengine.protocol.BinaryRequests;
import io.weir.tdengine.protocol.FetchAnswer;
import io.weir.tdengine.protocol.JsonAnswer;
import io.weir.tdengine.protocol.JsonRequest;
import io.weir.tdengine.protocol.QueryAnswer;
import io.weir.tdengine.protocol.RawDataAnswer;
import io.weir.tdengine.protocol.SqlText;
import io.weir.tdengine.protocol.TopicRequests;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** The server's actions over one wire. Every Mono asks once for each subscriber. */
final class Rpc {

    private static final Logger QUERIES = LoggerFactory.getLogger("io.weir.query");

    private final KeyedWire<AnswerHead> wire;
    private final RequestIds ids = new RequestIds(ThreadLocalRandom.current().nextInt());
    private volatile Runnable whenAnswered = () -> {};
    private volatile ObjLongConsumer<BooleanSupplier> whenAbandoned = (over, id) -> {};

    Rpc(KeyedWire<AnswerHead> wire) {
        this.wire = wire;
    }

    KeyedWire<AnswerHead> wire() {
        return wire;
    }

    /** Whom to tell that something was answered. */
    void whenAnswered(Runnable listener) {
        whenAnswered = listener;
    }

    void answered() {
        whenAnswered.run();
    }

    /** Whom to tell that nobody waits any longer for a statement on which the server works; and whether it still does. */
    void whenAbandoned(ObjLongConsumer<BooleanSupplier> listener) {
        whenAbandoned = listener;
    }

    void abandoned(long requestId, BooleanSupplier over) {
        whenAbandoned.accept(over, requestId);
    }

    /** An action of JSON messages. */
    <T> Mono<T> json(JsonRequest request, Duration limit, Function<JsonAnswer, @Nullable T> reader) {
        return json(request, limit, reader, Rpc::ignore);
    }

    /**
     * An action of JSON messages.
     *
     * @param inVain hears of the answer that came too late
     */
    <T> Mono<T> json(
            JsonRequest request,
            Duration limit,
            Function<JsonAnswer, @Nullable T> reader,
            Consumer<JsonAnswer> inVain) {
        Ask.Question question = new Ask.Question(request.action(), Form.TEXT, request::write, request.secret(), false);
        return ask(question, limit, reader, inVain);
    }

    /** An action whose answer matters only if it is a refusal. */
    Mono<Void> command(JsonRequest request, Duration limit) {
        return json(request, limit, answer -> null).then();
    }

    /** A request of bytes that is answered in JSON. */
    <T> Mono<T> binary(
            String action,
            Ask.Writer writer,
            boolean secret,
            Duration limit,
            Function<JsonAnswer, @Nullable T> reader,
            Consumer<JsonAnswer> inVain) {
        return ask(new Ask.Question(action, Form.BINARY, writer, secret, false), limit, reader, inVain);
    }

    private <T> Mono<T> ask(
            Ask.Question question,
            Duration limit,
            Function<JsonAnswer, @Nullable T> reader,
            Consumer<JsonAnswer> inVain) {
        return wire.exchange(() -> new Ask<>(this, ids.next(), question, limit, Ask.json(reader), inVain));
    }

    /** Runs a statement. */
    Mono<QueryAnswer> query(String sql, Duration limit) {
        Ask.Question question = new Ask.Question(
                "binary_query", Form.BINARY, (out, id) -> writeQuery(out, id, sql), SqlText.isSecret(sql), true);
        return ask(question, limit, answer -> opened(answer, QueryAnswer::ofQuery), Rpc::ignore);
    }

    private void writeQuery(ByteBuf out, long requestId, String sql) {
        if (QUERIES.isTraceEnabled()) {
            // Not at DEBUG: a driver may have put its users' values into this text, and they are shown only if asked
            // for. The number is how the server's own lists and logs know it.
            QUERIES.trace("[{}] request {}: {}", wire.id(), requestId, SqlText.mask(sql));
        }
        BinaryRequests.query(out, requestId, sql);
    }

    private static void ignore(JsonAnswer late) {}

    /** A result whose description can not be read must not stay open. */
    QueryAnswer opened(JsonAnswer answer, Function<JsonAnswer, QueryAnswer> reader) {
        try {
            return reader.apply(answer);
        } catch (WeirException unreadable) {
            Answers.free(wire, answer);
            throw unreadable;
        }
    }

    /** Asks for the next block of a result. */
    <T> Mono<T> fetch(long resultId, Function<FetchAnswer, @Nullable T> reader) {
        Ask.Question question = new Ask.Question(
                AnswerHead.FETCH, Form.BINARY, (out, id) -> BinaryRequests.fetch(out, id, resultId), false, false);
        return wire.exchange(
                () -> new Ask<>(this, ids.next(), question, Duration.ZERO, Ask.block(reader), Rpc::ignore));
    }

    /** Asks for the rows of a subscription's message; what is read of them is the reader's to keep. */
    <T> Mono<T> rows(long messageId, Duration limit, Function<RawDataAnswer, @Nullable T> reader) {
        JsonRequest request = TopicRequests.fetch(messageId);
        Ask.Question question = new Ask.Question(request.action(), Form.TEXT, request::write, false, false);
        return wire.exchange(() -> new Ask<>(this, ids.next(), question, limit, Ask.rows(reader), Rpc::ignore));
    }

    void freeResult(long resultId) {
        wire.tell(Told.freeResult(resultId));
    }

    /** The error with the place where it happened. */
    WeirException located(WeirException error) {
        return error.toBuilder()
                .system("tdengine")
                .endpoint(wire.endpoint().toString())
                .connection(wire.id())
                .build();
    }
}
