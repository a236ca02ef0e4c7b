package io.weir.r2dbc;

import io.weir.core.CommonOptions;
import io.weir.core.OptionKey;
import io.weir.core.OptionSet;
import io.weir.core.Options;
import java.time.Duration;
import java.util.List;

/** Options of every Weir driver, on top of what the system's client has. */
public final class DriverOptions {

    public static final OptionKey<Duration> UNREAD_RESULT_TIMEOUT = OptionKey.duration(
                    "unreadResultTimeout",
                    "How long a result with rows may lie unread before it is released and its statement stopped.")
            .between(Duration.ofMillis(1), Duration.ofDays(1))
            .defaultsTo(ConnectionSettings.DEFAULTS.unreadResultTimeout());

    public static final OptionKey<Duration> VALIDATION_TIMEOUT = OptionKey.duration(
                    "validationTimeout", "How long `validate(REMOTE)` waits for the server before it says false.")
            .between(Duration.ofMillis(1), Duration.ofDays(1))
            .defaultsTo(ConnectionSettings.DEFAULTS.validationTimeout());

    public static final OptionKey<Boolean> LOG_PARAMETERS = OptionKey.bool(
                    "logParameters", "Whether the logger `io.weir.param` (DEBUG) may show the values that are bound.")
            .defaultsTo(ConnectionSettings.DEFAULTS.logParameters());

    /** All of them, to be added to a system's set. */
    public static final List<OptionKey<?>> ALL = List.of(UNREAD_RESULT_TIMEOUT, VALIDATION_TIMEOUT, LOG_PARAMETERS);

    private DriverOptions() {}

    /** What a connection does on its own, by these options and {@code statementTimeout} and {@code fetchSize}. */
    public static ConnectionSettings settings(Options options) {
        OptionSet set = options.set();
        ConnectionSettings settings = ConnectionSettings.DEFAULTS
                .withUnreadResultTimeout(options.get(UNREAD_RESULT_TIMEOUT))
                .withValidationTimeout(options.get(VALIDATION_TIMEOUT))
                .withLogParameters(options.get(LOG_PARAMETERS));
        if (set.find(CommonOptions.STATEMENT_TIMEOUT.name()) != null) {
            settings = settings.withStatementTimeout(options.get(CommonOptions.STATEMENT_TIMEOUT));
        }
        Integer fetchSize =
                set.find(CommonOptions.FETCH_SIZE.name()) == null ? null : options.find(CommonOptions.FETCH_SIZE);
        return fetchSize == null ? settings : settings.withFetchSize(fetchSize);
    }
}
