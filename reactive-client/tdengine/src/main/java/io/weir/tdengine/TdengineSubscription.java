package io.weir.tdengine;

import io.weir.tdengine.session.SubscriptionSpec;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a consumer subscribes to, and how. Immutable; every {@code with…} returns a changed copy.
 *
 * <pre>{@code
 * TdengineSubscription.of("alarms", "meters_topic").withStart(Start.EARLIEST)
 * }</pre>
 *
 * @param group consumers of one group share the logs of their topics, and their committed offsets
 * @param topics one or more, created before
 * @param clientId how the server calls this consumer; null: by no name
 * @param start where a group begins that has committed nothing
 * @param commitInterval how long after it was processed a message is committed; zero: only when asked to
 * @param pollTime how long the server waits for a message before it says that there is none; all else that is asked of the
 *     consumer waits for it
 * @param patience how long a lost connection is tried to be replaced
 * @param tableNames whether rows come with the names of their tables
 * @param config further settings, as the native library names them
 */
public record TdengineSubscription(
        String group,
        List<String> topics,
        @Nullable String clientId,
        Start start,
        Duration commitInterval,
        Duration pollTime,
        Duration patience,
        boolean tableNames,
        Map<String, String> config) {

    /** Where a group begins that has committed nothing. */
    public enum Start {
        /** With all that is there. */
        EARLIEST,
        /** With what comes from now on. */
        LATEST,
        /** Nowhere: that is an error. */
        NONE
    }

    public TdengineSubscription {
        topics = List.copyOf(topics);
        config = Map.copyOf(config);
        if (group.isBlank() || topics.isEmpty() || topics.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("A subscription needs the name of a group and at least one topic");
        }
        if (commitInterval.isNegative() || patience.isNegative()) {
            throw new IllegalArgumentException("A time of a subscription can not be negative");
        }
        if (pollTime.toMillis() < 1 || pollTime.compareTo(Duration.ofMinutes(1)) > 0) {
            throw new IllegalArgumentException("The time of a poll is between 1 ms and 1 min, and not " + pollTime);
        }
    }

    /** From the latest on; committed 5 s after it was processed; polls of 500 ms; 5 min of patience; with names. */
    public static TdengineSubscription of(String group, String... topics) {
        return new TdengineSubscription(
                group,
                List.of(topics),
                null,
                Start.LATEST,
                Duration.ofSeconds(5),
                Duration.ofMillis(500),
                Duration.ofMinutes(5),
                true,
                Map.of());
    }

    public TdengineSubscription withClientId(String changed) {
        return new TdengineSubscription(
                group, topics, changed, start, commitInterval, pollTime, patience, tableNames, config);
    }

    public TdengineSubscription withStart(Start changed) {
        return new TdengineSubscription(
                group, topics, clientId, changed, commitInterval, pollTime, patience, tableNames, config);
    }

    /** Zero: nothing is committed but by {@link TdengineConsumer#commit}. */
    public TdengineSubscription withCommitInterval(Duration changed) {
        return new TdengineSubscription(
                group, topics, clientId, start, changed, pollTime, patience, tableNames, config);
    }

    public TdengineSubscription withPollTime(Duration changed) {
        return new TdengineSubscription(
                group, topics, clientId, start, commitInterval, changed, patience, tableNames, config);
    }

    public TdengineSubscription withPatience(Duration changed) {
        return new TdengineSubscription(
                group, topics, clientId, start, commitInterval, pollTime, changed, tableNames, config);
    }

    public TdengineSubscription withTableNames(boolean wanted) {
        return new TdengineSubscription(
                group, topics, clientId, start, commitInterval, pollTime, patience, wanted, config);
    }

    /** Adds a setting such as {@code max.poll.interval.ms}. */
    public TdengineSubscription with(String setting, String value) {
        Map<String, String> more = new LinkedHashMap<>(config);
        more.put(setting, value);
        return new TdengineSubscription(
                group, topics, clientId, start, commitInterval, pollTime, patience, tableNames, more);
    }

    SubscriptionSpec spec() {
        return new SubscriptionSpec(group, topics, clientId, start.name().toLowerCase(Locale.ROOT), tableNames, config);
    }
}
