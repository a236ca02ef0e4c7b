package io.weir.server.tdengine.tmq;

import io.weir.server.tdengine.manner.Manner;
import io.weir.server.tdengine.session.Adapter;
import io.weir.server.tdengine.session.Args;
import io.weir.server.tdengine.session.Outbox;
import io.weir.server.tdengine.session.Reply;
import io.weir.server.tdengine.sql.SqlSession;
import io.weir.server.tdengine.sql.TaosError;
import io.weir.server.tdengine.ws.WebSocket;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a subscriber can ask for. Called by one thread at a time. */
final class TmqActions {

    static final Set<String> NAMES = Set.of(
            "version",
            "subscribe",
            "list_topics",
            "poll",
            "fetch",
            "fetch_block",
            "fetch_raw",
            "fetch_raw_data",
            "fetch_json_meta",
            "commit",
            "commit_offset",
            "assignment",
            "seek",
            "committed",
            "position",
            "unsubscribe");
    private static final long NOTHING_COMMITTED = -2_147_467_247L;

    private final Adapter adapter;
    private final Groups groups;
    private final Outbox outbox;
    private final WebSocket socket;
    private final Fetching fetching;
    private @Nullable Consumer consumer;
    private boolean everSubscribed;
    private boolean autoCommit;
    private long commitInterval;
    private long lastCommit;

    TmqActions(Adapter adapter, Groups groups, Outbox outbox, WebSocket socket) {
        this.adapter = adapter;
        this.groups = groups;
        this.outbox = outbox;
        this.socket = socket;
        this.fetching = new Fetching(outbox);
    }

    boolean maySubscribeFirst() {
        return !everSubscribed;
    }

    void handle(TmqRequest request) throws InterruptedException {
        switch (request.action()) {
            case "version" ->
                send(request.ok().with("version", adapter.manners().text(Manner.VERSION)));
            case "subscribe" -> subscribe(request);
            case "poll" -> poll(request);
            case "unsubscribe" -> {
                needsSubscription();
                leave();
                send(request.ok());
            }
            default -> {
                needsSubscription();
                Consumer subscribed = consumer;
                if (subscribed == null) {
                    afterwards(request);
                    return;
                }
                if (!fetching.handle(request)) {
                    adapter.engine().locked(() -> {
                        offsets(request, subscribed);
                        return request;
                    });
                }
            }
        }
    }

    private void send(Reply reply) {
        outbox.text(reply.json());
    }

    private void needsSubscription() {
        if (!everSubscribed) {
            throw TaosError.adapter("tmq not init");
        }
    }

    /** Who has unsubscribed is still known, but to nothing. */
    private void afterwards(TmqRequest request) {
        switch (request.action()) {
            case "list_topics" -> send(request.ok().with("topics", List.of()));
            case "commit" -> send(request.ok().with("message_id", request.args().id("message_id")));
            default -> {
                if (!fetching.handle(request)) {
                    throw new TaosError(0x4009, "Invalid topic");
                }
            }
        }
    }

    /** Answers with an error; those about a message name it. */
    void refuse(TmqRequest request, TaosError error) {
        long messageId = request.args().id("message_id");
        if (request.action().equals("fetch_raw_data")) {
            fetching.refuseRawData(request, error);
        } else {
            Reply reply =
                    Reply.error(error.code(), error.text(), request.action(), request.requestId(), request.nanos());
            send(request.action().startsWith("fetch") ? reply.with("message_id", Reply.unsigned(messageId)) : reply);
        }
    }

    private void subscribe(TmqRequest request) {
        if (consumer != null) {
            throw TaosError.adapter("tmq should have unsubscribed first");
        }
        Args args = request.args();
        Subscription wanted = Subscription.of(args);
        SqlSession session = login(args);
        Consumer joined = adapter.engine()
                .locked(() -> new Consumer(session, groups, wanted.group(), wanted.topics(), wanted.reset()));
        groups.join(joined);
        consumer = joined;
        everSubscribed = true;
        fetching.batchMeta(wanted.batchMeta());
        autoCommit = wanted.autoCommit();
        commitInterval = wanted.intervalMillis();
        lastCommit = adapter.clock().millis();
        Reply reply = request.ok().with("version", adapter.manners().text(Manner.VERSION));
        send(args.flag("list_instances") ? reply.with("list_instances", List.of()) : reply);
    }

    /** Whatever is wrong with the login comes without the library's code. */
    private SqlSession login(Args args) {
        try {
            if (args.values().get("config") instanceof Map<?, ?> config
                    && config.get("td.connect.token") instanceof String token) {
                adapter.accounts().token(token);
            } else {
                adapter.accounts().password(args.text("user"), args.text("password"));
            }
            return adapter.engine().session(args.text("user"), args.text("db"), ZoneId.of("UTC"));
        } catch (TaosError e) {
            throw TaosError.adapter(e.text());
        }
    }

    private void poll(TmqRequest request) throws InterruptedException {
        if (adapter.manners().take(Manner.DROP, "poll")) {
            socket.close();
            return;
        }
        Consumer subscribed = consumer;
        if (subscribed == null) {
            send(nothing(request));
            return;
        }
        if (autoCommit && adapter.clock().millis() - lastCommit >= commitInterval) {
            lastCommit = adapter.clock().millis();
            adapter.engine().locked(() -> {
                subscribed.commitAll();
                return subscribed;
            });
        }
        Delivered cached = fetching.cached();
        boolean lost = cached != null
                && request.args().values().get("message_id") != null
                && request.args().id("message_id") != cached.id();
        Delivered found = lost
                ? cached
                : adapter.engine().await(subscribed::next, request.args().number("blocking_time", 0));
        if (found == null) {
            send(nothing(request));
            return;
        }
        fetching.cache(found);
        send(request.ok()
                .with("have_message", true)
                .with("topic", found.topic())
                .with("database", found.database())
                .with("vgroup_id", found.vgroup())
                .with("message_type", found.type())
                .with("message_id", found.id())
                .with("offset", found.offset()));
    }

    private static Reply nothing(TmqRequest request) {
        return request.ok()
                .with("have_message", false)
                .with("topic", "")
                .with("database", "")
                .with("vgroup_id", 0)
                .with("message_type", 0)
                .with("message_id", 0)
                .with("offset", 0);
    }

    private void offsets(TmqRequest request, Consumer subscribed) {
        Args args = request.args();
        switch (request.action()) {
            case "list_topics" -> send(request.ok().with("topics", subscribed.topics()));
            case "commit" -> {
                subscribed.commitAll();
                send(request.ok().with("message_id", args.id("message_id")));
            }
            case "commit_offset" -> {
                Groups.Place place = place(args, subscribed);
                long offset = args.number("offset", 0);
                subscribed.commit(place, offset);
                send(request.ok()
                        .with("topic", place.topic())
                        .with("vgroup_id", place.vgroup())
                        .with("offset", offset));
            }
            case "seek" -> {
                subscribed.seek(place(args, subscribed), args.number("offset", 0));
                send(request.ok());
            }
            case "assignment" -> {
                List<Object> all = new ArrayList<>();
                for (Groups.Place place : subscribed.assigned(args.text("topic"))) {
                    Map<String, Object> one = new LinkedHashMap<>();
                    one.put("vgroup_id", place.vgroup());
                    one.put("offset", subscribed.position(place));
                    one.put("begin", 0);
                    one.put("end", subscribed.end(place));
                    all.add(one);
                }
                send(request.ok().with("assignment", all));
            }
            default -> send(request.ok().with(request.action(), places(request, subscribed)));
        }
    }

    private List<Long> places(TmqRequest request, Consumer subscribed) {
        List<Long> offsets = new ArrayList<>();
        for (Object item : request.args().list("topic_vgroup_ids")) {
            if (!(item instanceof Map<?, ?> one)
                    || !(one.get("topic") instanceof String topic)
                    || !(one.get("vgroup_id") instanceof Long vgroup)) {
                throw new IllegalArgumentException("topic_vgroup_ids");
            }
            Groups.Place place = subscribed.place(topic, vgroup.intValue());
            Long committed = groups.committed(place);
            boolean asksCommitted = request.action().equals("committed");
            offsets.add(
                    !asksCommitted
                            ? (Long) subscribed.position(place)
                            : committed == null ? (Long) NOTHING_COMMITTED : committed);
        }
        return offsets;
    }

    private static Groups.Place place(Args args, Consumer subscribed) {
        return subscribed.place(args.text("topic"), (int) args.number("vgroup_id", 0));
    }

    void leave() {
        if (consumer != null) {
            groups.leave(consumer);
            consumer = null;
        }
    }
}
