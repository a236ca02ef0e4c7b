package io.weir.iotdb.session;

import io.weir.core.ClientEvents;
import io.weir.core.CredentialsSource;
import io.weir.iotdb.protocol.Status.NodeAddress;
import io.weir.iotdb.protocol.ThriftFormat;
import io.weir.iotdb.type.Dialect;
import java.time.Duration;
import java.time.ZoneId;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How to log in, and what holds for the session's life.
 *
 * @param format which the server is set to
 * @param credentials asked for at each login
 * @param database the table model's current database; null for none
 * @param zone which every login has to name: a server has none of its own to tell
 * @param fetchSize rows to ask for at a time, where a statement does not say
 * @param maxRequest the longest request that is sent, in bytes; the server may take less
 * @param statementTimeout for statements that do not say; zero means none
 * @param events who hears of rows
 * @param redirects hears of each device for which a server has named another node
 * @param nanoTime the clock by which statements are timed
 */
public record SessionSettings(
        ThriftFormat format,
        CredentialsSource credentials,
        Dialect dialect,
        @Nullable String database,
        ZoneId zone,
        int fetchSize,
        int maxRequest,
        Duration statementTimeout,
        ClientEvents events,
        BiConsumer<String, NodeAddress> redirects,
        LongSupplier nanoTime) {

    /** Knows no secret, and asks for none. */
    @Override
    public String toString() {
        return "SessionSettings[format=" + format + ", dialect=" + dialect
                + ", database=" + database + ", zone=" + zone + ", fetchSize=" + fetchSize + ", statementTimeout="
                + statementTimeout + "]";
    }
}
