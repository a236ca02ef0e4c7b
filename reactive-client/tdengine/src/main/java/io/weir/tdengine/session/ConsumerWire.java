package io.weir.tdengine.session;

import io.weir.core.Endpoint;
import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import io.weir.http.websocket.KeyedWire;
import io.weir.http.websocket.WebSocketWire;
import io.weir.tdengine.protocol.ErrorCodes;
import io.weir.tdengine.protocol.JsonAnswer;
import io.weir.tdengine.protocol.JsonRequest;
import io.weir.tdengine.protocol.PollAnswer;
import io.weir.tdengine.protocol.SubscribedRows;
import io.weir.tdengine.protocol.TopicRequests;
import io.weir.tdengine.type.TableRows;
import io.weir.tdengine.type.TopicPlace;
import io.weir.tdengine.type.TopicRange;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * One subscription on one WebSocket. The server does one thing after another here, so that everything else waits for a
 * poll. It keeps the last message only: a message whose answer got lost is given again to the next poll, which names the
 * last one that was received.
 */
public final class ConsumerWire {

    /** For answers that take no work. */
    private static final Duration SHORT = Duration.ofSeconds(30);

    private final Rpc rpc;
    private final ConsumerSettings settings;
    /** The last message that was handed out. */
    private volatile long received;
    /** The last one that the server has told of. */
    private volatile long told;

    // Belongs to the wire's event loop.
    private List<TableRows> held = List.of();
    private final Set<TopicPlace> begun = new HashSet<>();

    private ConsumerWire(Rpc rpc, ConsumerSettings settings) {
        this.rpc = rpc;
        this.settings = settings;
        onClose().onErrorComplete().subscribe(nothing -> {}, error -> {}, () -> hold(List.of()));
    }

    /** Subscribes on a fresh wire. The connector's limit covers it. */
    public static Mono<ConsumerWire> subscribe(WebSocketWire socket, ConsumerSettings settings) {
        Rpc rpc = new Rpc(KeyedWire.on(socket, new Answers()));
        return rpc.command(TopicRequests.subscribe(settings.args()), Duration.ZERO)
                .onErrorMap(WeirException.class, error -> explain(error, settings))
                .then(Mono.fromSupplier(() -> new ConsumerWire(rpc, settings)));
    }

    /** A wrong login has no code of its own here, only the library's text. */
    private static WeirException explain(WeirException error, ConsumerSettings settings) {
        if (error.sent() != WeirException.Sent.ANSWERED) {
            return error;
        }
        String text = "The subscription of group '" + settings.args().get("group_id") + "' to "
                + settings.args().get("topics") + " was refused: " + error.getMessage();
        String said = String.valueOf(error.getMessage());
        boolean login = error.code() == ErrorCodes.ADAPTER
                && (said.contains("Authentication failure") || said.contains("Invalid user"));
        return login
                ? WeirException.of(ErrorKind.AUTH, text)
                        .system(error.system())
                        .endpoint(error.endpoint())
                        .connection(error.connection())
                        .code(error.code())
                        .sent(error.sent())
                        .build()
                : error.toBuilder().message(text).build();
    }

    // --- messages -------------------------------------------------------------------------------------------------

    /** The next message with all that is in it; empty if none came in time. Not two at a time. */
    Mono<Delivery> poll() {
        return Mono.defer(() -> rpc.json(
                        TopicRequests.poll(settings.pollTime().toMillis(), received),
                        settings.pollTime().plus(SHORT),
                        answer -> told(PollAnswer.of(answer)),
                        late -> told(PollAnswer.of(late))))
                .flatMap(this::fetch)
                .doOnError(this::dumb);
    }

    private @Nullable PollAnswer told(@Nullable PollAnswer found) {
        if (found != null) {
            told = found.messageId();
        }
        return found;
    }

    /** All questions at once: nothing can come in between, for the next poll is ours. */
    private Mono<Delivery> fetch(PollAnswer found) {
        Mono<List<TableRows>> rows = found.type().hasRows()
                ? rpc.rows(found.messageId(), SHORT, answer -> {
                    List<TableRows> read =
                            answer.data() == null ? List.of() : SubscribedRows.read(answer.data(), settings.zone());
                    hold(read);
                    return read;
                })
                : Mono.just(List.of());
        Mono<String> meta = found.type().hasMeta()
                ? rpc.json(TopicRequests.meta(found.messageId()), SHORT, TopicRequests::metaOf)
                : Mono.just("");
        Mono<Long> next = position(List.of(found.place())).map(offsets -> offsets.get(0));
        return Mono.zip(rows, meta, next)
                .map(all -> new Delivery(
                        found.place(),
                        found.database(),
                        found.type(),
                        found.messageId(),
                        found.offset(),
                        all.getT3(),
                        all.getT1(),
                        all.getT2()));
    }

    /** What was read and not handed out is ours to close, wherever its way has ended. */
    private void hold(List<TableRows> rows) {
        held.forEach(table -> table.page().close());
        held = rows;
    }

    /** The message is the subscriber's now, and will not be asked for again. On the wire's loop. */
    void handedOut(Delivery delivery) {
        held = List.of();
        received = delivery.messageId();
    }

    /** The message is not wanted, and will not be asked for again. On the wire's loop. */
    void passOver(Delivery delivery) {
        hold(List.of());
        received = delivery.messageId();
    }

    /** Whether this is the first message of its log here. On the wire's loop. */
    boolean begins(TopicPlace place) {
        return begun.add(place);
    }

    // --- offsets --------------------------------------------------------------------------------------------------

    /** Lets the group go on from there when it begins anew. */
    Mono<Void> commit(TopicPlace place, long offset) {
        return ask(TopicRequests.commit(place, offset), answer -> null);
    }

    /** Goes on from there. */
    Mono<Void> seek(TopicPlace place, long offset) {
        // What the server has told of before is not wanted any longer, should its answer have got lost.
        return this.<Void>ask(TopicRequests.seek(place, offset), answer -> null).doOnSuccess(done -> received = told);
    }

    /** The logs of a topic that are this consumer's. */
    public Mono<List<TopicRange>> assignment(String topic) {
        return ask(TopicRequests.assignment(topic), answer -> TopicRequests.ranges(topic, answer));
    }

    /** Where this consumer goes on, for each of these logs. */
    public Mono<List<Long>> position(List<TopicPlace> places) {
        return ask(TopicRequests.position(places), answer -> TopicRequests.offsets("position", places.size(), answer));
    }

    /** Where the group would begin anew, for each of these logs; negative: nowhere. */
    public Mono<List<Long>> committed(List<TopicPlace> places) {
        return ask(
                TopicRequests.committed(places), answer -> TopicRequests.offsets("committed", places.size(), answer));
    }

    /** The topics of the subscription. */
    public Mono<List<String>> topics() {
        return ask(TopicRequests.topics(), TopicRequests::names);
    }

    /** Everything waits for a poll that is under way. */
    private <T> Mono<T> ask(JsonRequest request, Function<JsonAnswer, @Nullable T> reader) {
        return rpc.json(request, settings.pollTime().plus(SHORT), reader).doOnError(this::dumb);
    }

    /** There is always an answer, and in time: a wire without one is of no use. */
    private void dumb(Throwable error) {
        if (error instanceof WeirException known && known.kind() == ErrorKind.TIMEOUT && known.code() == 0) {
            rpc.wire().close(known);
        }
    }

    // --- the wire -------------------------------------------------------------------------------------------------

    /** Leaves the group, as far as the server still listens, and closes the socket. Never fails. */
    Mono<Void> unsubscribe() {
        return ask(TopicRequests.unsubscribe(), answer -> null)
                .onErrorComplete()
                .then(Mono.defer(() -> rpc.wire().close()))
                .onErrorComplete();
    }

    boolean isOpen() {
        return rpc.wire().isOpen();
    }

    public Mono<Void> onClose() {
        return rpc.wire().onClose();
    }

    public Endpoint endpoint() {
        return rpc.wire().endpoint();
    }

    /** The connection's name in logs and errors. */
    public String id() {
        return rpc.wire().id();
    }

    @Override
    public String toString() {
        return rpc.wire().toString();
    }
}
