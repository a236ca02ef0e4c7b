package io.weir.tdengine.session;

import io.weir.core.ClientEvents;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How statements are sent one by one over HTTP.
 *
 * @param database that each statement begins in; null: none
 * @param zone in which the server reads times without one, and in which moments are shown; null: the server's and this
 *     machine's
 * @param parameters of every call besides; they may hold a token
 * @param rowLimit how many rows the adapter gives of one result ({@code restfulRowLimit}): -1 all of them, 0 unknown
 * @param events who hears of rows
 */
public record RestSettings(
        @Nullable String database,
        @Nullable ZoneId zone,
        Map<String, String> parameters,
        Duration statementTimeout,
        long rowLimit,
        ClientEvents events) {

    /** Leaves tokens out. */
    @Override
    public String toString() {
        return "RestSettings[database=" + database + ", zone=" + zone + "]";
    }
}
