package io.weir.tdengine.session;

import io.weir.core.Endpoint;
import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import io.weir.http.websocket.KeyedWire;
import io.weir.http.websocket.WebSocketWire;
import io.weir.tdengine.protocol.JsonAnswer;
import io.weir.tdengine.protocol.JsonRequest;
import io.weir.tdengine.protocol.JsonRequest.Login;
import io.weir.tdengine.protocol.PollAnswer;
import io.weir.tdengine.protocol.SubscribedRows;
import io.weir.tdengine.protocol.TopicRequests;
import io.weir.tdengine.type.TableRows;
import io.weir.tdengine.type.TopicPlace;
import io.weir.tdengine.type.TopicRange;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * One subscription on one WebSocket. The server does one thing after another here, so that everything else waits for a
 * poll. It keeps the last message only: a message whose answer got lost is given again to the next poll, which names the
 * last one that was received.
 */
final class WebSocketConsumer implements ConsumerWire {

    /** For answers that take no work. */
    private static final Duration SHORT = Duration.ofSeconds(30);

    private final Rpc rpc;
    private final ConsumerSettings settings;
    /** The last message that was handed out. */
    private volatile long received;
    /** The last one that the server has told of. */
    private volatile @Nullable PollAnswer told;

    // Belongs to the wire's event loop.
    private List<TableRows> held = List.of();

    private WebSocketConsumer(Rpc rpc, ConsumerSettings settings) {
        this.rpc = rpc;
        this.settings = settings;
        onClose().onErrorComplete().subscribe(nothing -> {}, error -> {}, () -> hold(List.of()));
    }

    /** Subscribes on a fresh wire. The connector's limit covers it. */
    static Mono<ConsumerWire> subscribe(WebSocketWire socket, ConsumerSettings settings) {
        Rpc rpc = new Rpc(KeyedWire.on(socket, new Answers()));
        return rpc.command(TopicRequests.subscribe(args(settings)), Duration.ZERO)
                .onErrorMap(WeirException.class, settings::refused)
                .then(Mono.fromSupplier(() -> new WebSocketConsumer(rpc, settings)));
    }

    /** As the adapter names them. It commits nothing by itself: it does not know what is done. */
    private static Map<String, @Nullable Object> args(ConsumerSettings settings) {
        SubscriptionSpec spec = settings.spec();
        Login login = settings.login();
        Map<String, String> config = new LinkedHashMap<>(spec.config());
        if (login.bearerToken() != null) {
            config.put("td.connect.token", login.bearerToken());
        }
        Map<String, @Nullable Object> args = new LinkedHashMap<>();
        args.put("group_id", spec.group());
        args.put("client_id", spec.clientId());
        args.put("topics", spec.topics());
        // The older spelling is the one that every server knows.
        args.put("offset_rest", spec.start());
        args.put("auto_commit", "false");
        args.put("snapshot_enable", "false");
        args.put("with_table_name", Boolean.toString(spec.tableNames()));
        args.put("config", config.isEmpty() ? null : config);
        args.put("user", login.user());
        args.put("password", login.password());
        args.put("db", login.database());
        args.put("tz", login.zone());
        args.put("app", login.application());
        args.put("ip", login.userIp());
        args.put("connector", login.connector());
        return args;
    }

    // --- messages -------------------------------------------------------------------------------------------------

    @Override
    public Mono<Delivery> poll() {
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
            told = found;
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

    @Override
    public void handedOut(Delivery delivery) {
        held = List.of();
        received = delivery.messageId();
    }

    @Override
    public void passOver(Delivery delivery) {
        hold(List.of());
        received = delivery.messageId();
    }

    // --- offsets --------------------------------------------------------------------------------------------------

    @Override
    public Mono<Void> commit(TopicPlace place, long offset) {
        return ask(TopicRequests.commit(place, offset), answer -> null);
    }

    @Override
    public Mono<Void> seek(TopicPlace place, long offset) {
        return this.<Void>ask(TopicRequests.seek(place, offset), answer -> null).doOnSuccess(done -> left(place));
    }

    /** What the server has told of this log is not wanted any longer, should its answer have got lost. */
    private void left(TopicPlace place) {
        PollAnswer last = told;
        if (last != null && last.place().equals(place)) {
            received = last.messageId();
        }
    }

    @Override
    public Mono<List<TopicRange>> assignment(String topic) {
        return ask(TopicRequests.assignment(topic), answer -> TopicRequests.ranges(topic, answer));
    }

    @Override
    public Mono<List<Long>> position(List<TopicPlace> places) {
        return ask(TopicRequests.position(places), answer -> TopicRequests.offsets("position", places.size(), answer));
    }

    @Override
    public Mono<List<Long>> committed(List<TopicPlace> places) {
        return ask(
                TopicRequests.committed(places), answer -> TopicRequests.offsets("committed", places.size(), answer));
    }

    @Override
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

    @Override
    public Mono<Void> unsubscribe() {
        return ask(TopicRequests.unsubscribe(), answer -> null)
                .onErrorComplete()
                .then(Mono.defer(() -> rpc.wire().close()))
                .onErrorComplete();
    }

    @Override
    public boolean isOpen() {
        return rpc.wire().isOpen();
    }

    private Mono<Void> onClose() {
        return rpc.wire().onClose();
    }

    @Override
    public Endpoint endpoint() {
        return rpc.wire().endpoint();
    }

    @Override
    public String id() {
        return rpc.wire().id();
    }

    @Override
    public String toString() {
        return rpc.wire().toString();
    }
}
