package io.weir.tdengine.protocol;

import io.weir.core.WeirException;
import io.weir.tdengine.type.TopicPlace;
import io.weir.tdengine.type.TopicRange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The requests of a subscription, and its smaller answers. */
public final class TopicRequests {

    private TopicRequests() {}

    /**
     * Begins a subscription.
     *
     * @param args as the server names them; what is null is left out
     */
    public static JsonRequest subscribe(Map<String, ? extends @Nullable Object> args) {
        Map<String, @Nullable Object> given = new LinkedHashMap<>();
        args.forEach((name, value) -> {
            if (value != null) {
                given.put(name, value);
            }
        });
        return new JsonRequest("subscribe", given, true);
    }

    /**
     * Asks for the next message.
     *
     * @param last the last message that was received; if the server has given another one since, it gives that again
     */
    public static JsonRequest poll(long blockingMillis, long last) {
        return of("poll", Map.of("blocking_time", blockingMillis, "message_id", last));
    }

    /** Asks for the rows of a message. */
    public static JsonRequest fetch(long messageId) {
        return of(RawDataAnswer.ACTION, Map.of("message_id", messageId));
    }

    /** Asks for the changes of tables in a message. */
    public static JsonRequest meta(long messageId) {
        return of("fetch_json_meta", Map.of("message_id", messageId));
    }

    /** Lets the group go on from there when it begins anew. */
    public static JsonRequest commit(TopicPlace place, long offset) {
        return of("commit_offset", at(place, offset));
    }

    /** Goes on from there. */
    public static JsonRequest seek(TopicPlace place, long offset) {
        return of("seek", at(place, offset));
    }

    /** Asks which logs of a topic are this consumer's. */
    public static JsonRequest assignment(String topic) {
        return of("assignment", Map.of("topic", topic));
    }

    /** Asks where this consumer goes on. */
    public static JsonRequest position(List<TopicPlace> places) {
        return of("position", places(places));
    }

    /** Asks where the group would begin anew. */
    public static JsonRequest committed(List<TopicPlace> places) {
        return of("committed", places(places));
    }

    public static JsonRequest topics() {
        return of("list_topics", Map.of());
    }

    public static JsonRequest unsubscribe() {
        return of("unsubscribe", Map.of());
    }

    private static JsonRequest of(String action, Map<String, ?> args) {
        return new JsonRequest(action, new LinkedHashMap<>(args), false);
    }

    private static Map<String, Object> at(TopicPlace place, long offset) {
        return Map.of("topic", place.topic(), "vgroup_id", place.vgroup(), "offset", offset);
    }

    private static Map<String, Object> places(List<TopicPlace> places) {
        return Map.of(
                "topic_vgroup_ids",
                places.stream()
                        .map(place -> Map.of("topic", place.topic(), "vgroup_id", place.vgroup()))
                        .toList());
    }

    /** The logs in the answer to {@link #assignment}. */
    public static List<TopicRange> ranges(String topic, JsonAnswer answer) {
        List<TopicRange> ranges = new ArrayList<>();
        for (JsonNode one : answer.node("assignment")) {
            ranges.add(new TopicRange(
                    new TopicPlace(topic, (int) JsonAnswer.number(one.path("vgroup_id"))),
                    JsonAnswer.number(one.path("offset")),
                    JsonAnswer.number(one.path("begin")),
                    JsonAnswer.number(one.path("end"))));
        }
        return ranges;
    }

    /**
     * The offsets in the answer to {@link #position} and {@link #committed}, one for each log that was asked for.
     *
     * @throws WeirException of kind PROTOCOL if there are fewer or more
     */
    public static List<Long> offsets(String action, int count, JsonAnswer answer) {
        JsonNode all = answer.node(action);
        if (all.size() != count) {
            throw Malformed.error(
                    "The server was asked for " + count + " offsets (" + action + "), and told " + all.size());
        }
        List<Long> offsets = new ArrayList<>();
        all.forEach(one -> offsets.add(JsonAnswer.number(one)));
        return offsets;
    }

    /** The topics in the answer to {@link #topics}. */
    public static List<String> names(JsonAnswer answer) {
        List<String> names = new ArrayList<>();
        answer.node("topics").forEach(one -> names.add(one.stringValue("")));
        return names;
    }

    /** The text of the answer to {@link #meta}. */
    public static String metaOf(JsonAnswer answer) {
        return answer.node("data").toString();
    }
}
