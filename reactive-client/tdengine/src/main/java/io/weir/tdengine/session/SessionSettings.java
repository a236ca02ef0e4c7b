package io.weir.tdengine.session;

import io.weir.core.ClientEvents;
import io.weir.tdengine.protocol.JsonRequest.Login;
import java.time.Duration;
import java.time.ZoneId;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How to log in, and what holds for the session's life.
 *
 * @param login who, and what the session begins with
 * @param zone in which the server reads times without one, and in which moments are shown; null: the server's and this
 *     machine's
 * @param statementTimeout for statements that do not say; zero means none
 * @param events who hears of rows
 * @param nanoTime the clock by which statements are timed
 */
public record SessionSettings(
        Login login, @Nullable ZoneId zone, Duration statementTimeout, ClientEvents events, LongSupplier nanoTime) {

    /** Who logs in, for texts. */
    public String who() {
        String user = login.user();
        return user == null ? "the bearer of a token" : user;
    }

    /** Leaves passwords and tokens out. */
    @Override
    public String toString() {
        return "SessionSettings[" + login + ", zone=" + zone + ", statementTimeout=" + statementTimeout + "]";
    }
}
