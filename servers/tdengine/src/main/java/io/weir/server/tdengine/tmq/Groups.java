package io.weir.server.tdengine.tmq;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** What consumer groups have committed and who is in them. It outlives sockets. */
public final class Groups {

    private final Map<Place, Long> committed = new ConcurrentHashMap<>();
    private final Map<String, List<Consumer>> members = new ConcurrentHashMap<>();

    /** One log of one topic, for one group. */
    record Place(String group, String topic, int vgroup) {}

    @Nullable Long committed(Place place) {
        return committed.get(place);
    }

    void commit(Place place, long offset) {
        committed.put(place, offset);
    }

    void join(Consumer consumer) {
        members.computeIfAbsent(consumer.group(), name -> new CopyOnWriteArrayList<>())
                .add(consumer);
    }

    void leave(Consumer consumer) {
        members.getOrDefault(consumer.group(), List.of()).remove(consumer);
    }

    /** Members of a group share the logs: each has its turn. */
    boolean isMine(Consumer consumer, int vgroup) {
        List<Consumer> all = members.getOrDefault(consumer.group(), List.of());
        int place = all.indexOf(consumer);
        return place >= 0 && vgroup % all.size() == place;
    }
}
