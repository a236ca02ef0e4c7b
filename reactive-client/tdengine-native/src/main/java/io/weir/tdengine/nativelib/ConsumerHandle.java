package io.weir.tdengine.nativelib;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import io.weir.core.Endpoint;
import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import io.weir.tdengine.protocol.ErrorCodes;
import io.weir.tdengine.protocol.JsonRequest.Login;
import io.weir.tdengine.session.ConsumerSettings;
import io.weir.tdengine.session.Delivery;
import io.weir.tdengine.session.SubscriptionSpec;
import io.weir.tdengine.type.TopicPlace;
import io.weir.tdengine.type.TopicRange;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A consumer inside the library. Its calls block, one at a time. */
final class ConsumerHandle {

    private static final int BAD_PARAMETER = 0x0118;
    /** The library's answer where nothing is committed. */
    private static final int NOTHING_COMMITTED = 0x4011;

    private static final int LONGEST_ERROR = 1024;
    private static final int RANGE_SIZE = 32;
    private static final int RANGE_POSITION = 8;
    private static final int RANGE_BEGIN = 16;
    private static final int RANGE_END = 24;

    private final Libtmq tmq;
    private final Libtaos taos;
    private final Pointer consumer;
    private final MessageReader reader;

    private ConsumerHandle(LoadedLibrary library, Pointer consumer, ConsumerSettings settings) {
        this.tmq = library.subscriptions();
        this.taos = library.functions();
        this.consumer = consumer;
        this.reader = new MessageReader(library, consumer, settings.zone());
    }

    // --- beginning and end ----------------------------------------------------------------------------------------

    static ConsumerHandle subscribe(LoadedLibrary library, Endpoint endpoint, ConsumerSettings settings) {
        try {
            ConsumerHandle made =
                    new ConsumerHandle(library, open(library, configuration(endpoint, settings)), settings);
            try {
                made.subscribe(settings.spec().topics());
                return made;
            } catch (RuntimeException e) {
                made.close();
                throw e;
            }
        } catch (WeirException refused) {
            throw refused.kind() == ErrorKind.CLOSED
                    ? NativeLogin.unreachable(refused, endpoint, "", library)
                    : settings.refused(refused);
        }
    }

    /** The library commits nothing by itself: it does not know what is done. */
    private static Map<String, String> configuration(Endpoint endpoint, ConsumerSettings settings) {
        SubscriptionSpec spec = settings.spec();
        Login login = settings.login();
        Map<String, @Nullable String> all = new LinkedHashMap<>(spec.config());
        all.put("group.id", spec.group());
        all.put("client.id", spec.clientId());
        all.put("auto.offset.reset", spec.start());
        all.put("enable.auto.commit", "false");
        all.put("experimental.snapshot.enable", "false");
        all.put("msg.with.table.name", Boolean.toString(spec.tableNames()));
        all.put("td.connect.ip", endpoint.host());
        all.put("td.connect.port", Integer.toString(endpoint.port()));
        all.put("td.connect.user", login.user());
        all.put("td.connect.pass", login.password());
        all.put("td.connect.token", login.bearerToken());
        all.put("td.connect.db", login.database());
        Map<String, String> given = new LinkedHashMap<>();
        all.forEach((key, value) -> {
            if (value != null) {
                Errors.checkNoZero("A setting of a subscription", key + value);
                given.put(key, value);
            }
        });
        return given;
    }

    private static Pointer open(LoadedLibrary library, Map<String, String> configuration) {
        Libtmq tmq = library.subscriptions();
        Pointer conf = tmq.tmq_conf_new();
        try {
            configuration.forEach((key, value) -> {
                int answer = tmq.tmq_conf_set(conf, key, value);
                if (answer != 0) {
                    throw Errors.of(
                            BAD_PARAMETER,
                            answer == Libtmq.UNKNOWN
                                    ? "unknown configuration key: " + key
                                    : "invalid value for key " + key);
                }
            });
            byte[] text = new byte[LONGEST_ERROR];
            Pointer made = tmq.tmq_consumer_new(conf, text, text.length);
            if (made == null) {
                // Of this thread's last call; older libraries have the text alone.
                int code = library.functions().taos_errno(null);
                throw Errors.of(code == 0 ? ErrorCodes.ADAPTER : code, Native.toString(text, StandardCharsets.UTF_8));
            }
            return made;
        } finally {
            tmq.tmq_conf_destroy(conf);
        }
    }

    private void subscribe(List<String> topics) {
        Pointer list = tmq.tmq_list_new();
        try {
            for (String topic : topics) {
                Errors.checkNoZero("The name of a topic", topic);
                check(tmq.tmq_list_append(list, topic));
            }
            check(tmq.tmq_subscribe(consumer, list));
        } finally {
            tmq.tmq_list_destroy(list);
        }
    }

    /** Leaves the group. What the library has against it changes nothing. */
    void close() {
        tmq.tmq_unsubscribe(consumer);
        tmq.tmq_consumer_close(consumer);
    }

    // --- messages -------------------------------------------------------------------------------------------------

    /** The next message; null if none came in time. */
    @Nullable Delivery poll(long millis) {
        Pointer message = tmq.tmq_consumer_poll(consumer, millis);
        if (message == null) {
            // Of this thread's last call.
            check(taos.taos_errno(null));
            return null;
        }
        try {
            return reader.read(message);
        } finally {
            taos.taos_free_result(message);
        }
    }

    // --- offsets --------------------------------------------------------------------------------------------------

    void commit(TopicPlace place, long offset) {
        check(tmq.tmq_commit_offset_sync(consumer, place.topic(), place.vgroup(), offset));
    }

    void seek(TopicPlace place, long offset) {
        check(tmq.tmq_offset_seek(consumer, place.topic(), place.vgroup(), offset));
    }

    List<TopicRange> assignment(String topic) {
        PointerByReference described = new PointerByReference();
        IntByReference count = new IntByReference();
        check(tmq.tmq_get_topic_assignment(consumer, topic, described, count));
        List<TopicRange> ranges = new ArrayList<>();
        Pointer array = described.getValue();
        if (array != null) {
            try {
                for (int i = 0; i < count.getValue(); i++) {
                    Pointer range = array.share((long) i * RANGE_SIZE);
                    ranges.add(new TopicRange(
                            new TopicPlace(topic, range.getInt(0)),
                            range.getLong(RANGE_POSITION),
                            range.getLong(RANGE_BEGIN),
                            range.getLong(RANGE_END)));
                }
            } finally {
                tmq.tmq_free_assignment(array);
            }
        }
        return ranges;
    }

    List<Long> position(List<TopicPlace> places) {
        return places.stream()
                .map(place -> checked(tmq.tmq_position(consumer, place.topic(), place.vgroup())))
                .toList();
    }

    /** Negative where nothing is committed. */
    List<Long> committed(List<TopicPlace> places) {
        return places.stream()
                .map(place -> tmq.tmq_committed(consumer, place.topic(), place.vgroup()))
                .map(offset -> offset < 0 && (offset & 0xffff) == NOTHING_COMMITTED ? -1 : checked(offset))
                .toList();
    }

    List<String> topics() {
        Pointer list = tmq.tmq_list_new();
        try {
            check(tmq.tmq_subscription(consumer, new PointerByReference(list)));
            int size = tmq.tmq_list_get_size(list);
            Pointer array = size == 0 ? null : tmq.tmq_list_to_c_array(list);
            return array == null ? List.of() : List.of(array.getStringArray(0, size, StandardCharsets.UTF_8.name()));
        } finally {
            tmq.tmq_list_destroy(list);
        }
    }

    /** An offset, or an error's code. */
    private long checked(long offset) {
        if (offset < 0) {
            check((int) offset);
        }
        return offset;
    }

    private void check(int code) {
        if (code != 0) {
            throw Errors.of(code, tmq.tmq_err2str(code));
        }
    }
}
