package io.weir.tdengine.session;

import io.weir.core.ClientEvents;
import io.weir.core.wire.Timers;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How a subscription is made, and what holds for its life.
 *
 * @param args as the server names them; they may hold a password
 * @param pollTime how long the server waits for a message before it says that there is none
 * @param commitInterval how long after it was processed a message is committed; zero: never by itself
 * @param patience how long a lost connection is tried to be replaced
 * @param rest how long all hosts should still be left alone
 * @param zone in which moments are shown
 * @param events who hears of rows
 * @param timers for the times above
 */
public record ConsumerSettings(
        Map<String, ? extends @Nullable Object> args,
        Duration pollTime,
        Duration commitInterval,
        Duration patience,
        Supplier<Duration> rest,
        ZoneId zone,
        ClientEvents events,
        Timers timers) {

    /** Leaves the arguments out. */
    @Override
    public String toString() {
        return "ConsumerSettings[" + args.get("group_id") + "]";
    }
}
