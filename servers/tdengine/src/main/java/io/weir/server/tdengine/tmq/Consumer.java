package io.weir.server.tdengine.tmq;

import io.weir.server.tdengine.block.SubscriptionData;
import io.weir.server.tdengine.sql.Database;
import io.weir.server.tdengine.sql.Delivery;
import io.weir.server.tdengine.sql.LogEntry;
import io.weir.server.tdengine.sql.SqlSession;
import io.weir.server.tdengine.sql.TaosError;
import io.weir.server.tdengine.sql.Topic;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One subscriber with his places in the logs. Used under the engine's lock. */
final class Consumer {

    private static final int ROWS_OF_A_MESSAGE = 4096;

    private final SqlSession session;
    private final Groups groups;
    private final String group;
    private final List<String> topics;
    private final String reset;
    private final Map<Groups.Place, Long> positions = new LinkedHashMap<>();
    private long lastId;

    Consumer(SqlSession session, Groups groups, String group, List<String> topics, String reset) {
        this.session = session;
        this.groups = groups;
        this.group = group;
        this.topics = topics;
        this.reset = reset;
        for (String name : topics) {
            Database database = database(name);
            for (int vgroup = Database.FIRST_GROUP; vgroup < Database.FIRST_GROUP + database.groups(); vgroup++) {
                Groups.Place place = new Groups.Place(group, name, vgroup);
                Long committed = groups.committed(place);
                long first = reset.equals("latest") ? database.log(vgroup).size() : 0;
                positions.put(place, committed == null ? first : committed);
            }
        }
    }

    private Database database(String topic) {
        return session.engine().databaseOf(session.engine().topic(topic));
    }

    String group() {
        return group;
    }

    List<String> topics() {
        return topics;
    }

    /** The next message of any log that is ours, or null. */
    @Nullable Delivered next() {
        for (Map.Entry<Groups.Place, Long> position : positions.entrySet()) {
            Groups.Place place = position.getKey();
            if (groups.isMine(this, place.vgroup())) {
                if (reset.equals("none") && groups.committed(place) == null) {
                    throw TaosError.adapter("no offset is committed, and auto.offset.reset is none");
                }
                Delivered found = next(place, position.getValue());
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    private @Nullable Delivered next(Groups.Place place, long from) {
        Topic topic = session.engine().topic(place.topic());
        Database database = session.engine().databaseOf(topic);
        List<LogEntry> log = database.log(place.vgroup());
        List<SubscriptionData.Part> parts = new ArrayList<>();
        long begin = from;
        long at = from;
        int rows = 0;
        Map<String, @Nullable Object> meta = null;
        while (at < log.size() && rows < ROWS_OF_A_MESSAGE && meta == null) {
            LogEntry entry = log.get((int) at);
            if (entry instanceof LogEntry.Written written) {
                Delivery delivery = Delivery.of(session, topic, written);
                if (delivery != null) {
                    begin = parts.isEmpty() ? at : begin;
                    parts.add(new SubscriptionData.Part(delivery.table(), delivery.columns(), delivery.rows()));
                    rows += delivery.rows().size();
                }
            } else if (entry instanceof LogEntry.Changed changed && Delivery.tells(topic, changed)) {
                if (rows > 0) {
                    break;
                }
                begin = at;
                meta = changed.json();
            }
            at++;
        }
        positions.put(place, at);
        if (parts.isEmpty() && meta == null) {
            return null;
        }
        return new Delivered(
                ++lastId, topic.name(), database.name(), place.vgroup(), begin, at, database.precision(), parts, meta);
    }

    void commitAll() {
        positions.forEach(groups::commit);
    }

    Groups.Place place(String topic, int vgroup) {
        if (!topics.contains(topic)) {
            throw new TaosError(0x4009, "Invalid topic");
        }
        Groups.Place place = new Groups.Place(group, topic, vgroup);
        if (!positions.containsKey(place)) {
            throw new TaosError(0x4007, "Invalid vgroup");
        }
        return place;
    }

    void commit(Groups.Place place, long offset) {
        groups.commit(place, checked(place, offset));
    }

    void seek(Groups.Place place, long offset) {
        positions.put(place, checked(place, offset));
    }

    private long checked(Groups.Place place, long offset) {
        if (offset < 0 || offset > end(place)) {
            throw new TaosError(0x4008, "Offset out of range");
        }
        return offset;
    }

    long end(Groups.Place place) {
        return database(place.topic()).log(place.vgroup()).size();
    }

    long position(Groups.Place place) {
        Long position = positions.get(place);
        return position == null ? 0 : position;
    }

    /** Our logs of the topic. */
    List<Groups.Place> assigned(String topic) {
        if (!topics.contains(topic)) {
            throw new TaosError(0x4009, "Invalid topic");
        }
        return positions.keySet().stream()
                .filter(place -> place.topic().equals(topic) && groups.isMine(this, place.vgroup()))
                .toList();
    }
}
