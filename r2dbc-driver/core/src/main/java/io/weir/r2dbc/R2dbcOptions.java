package io.weir.r2dbc;

import io.r2dbc.spi.ConnectionFactoryOptions;
import io.r2dbc.spi.NoSuchOptionException;
import io.r2dbc.spi.Option;
import io.weir.core.CommonOptions;
import io.weir.core.HostPort;
import io.weir.core.InvalidOptionsException;
import io.weir.core.InvalidOptionsException.Problem;
import io.weir.core.InvalidOptionsException.Reason;
import io.weir.core.OptionKey;
import io.weir.core.OptionSet;
import io.weir.core.Options;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * {@link ConnectionFactoryOptions} to {@link Options} and back. Options of both have the same names.
 *
 * <p>Nothing here ever puts a {@link ConnectionFactoryOptions} into a text: an option that was first seen in a URL stays
 * non-sensitive for the life of the JVM, whatever is declared later, and its value would be printed in clear.
 */
public final class R2dbcOptions {

    /**
     * What r2dbc-pool and r2dbc-proxy hand down to the driver that they wrap, although it is meant for them. A driver
     * that refused these could not be pooled by URL.
     */
    static final Set<String> OF_WRAPPERS = Set.of(
            "acquireRetry",
            "backgroundEvictionInterval",
            "initialSize",
            "maxAcquireTime",
            "maxCreateConnectionTime",
            "maxIdleTime",
            "maxLifeTime",
            "maxSize",
            "maxValidationTime",
            "minIdle",
            "poolName",
            "postAllocate",
            "preRelease",
            "proxyListener",
            "registerJmx",
            "validationDepth",
            "validationQuery");

    private R2dbcOptions() {}

    /** The SPI's constant for one of our options; a sensitive one for a secret, if we come first (see above). */
    public static <T> Option<T> option(OptionKey<T> key) {
        return key.isSecret() ? Option.sensitiveValueOf(key.name()) : Option.valueOf(key.name());
    }

    /**
     * Parses a URL as {@link Options.Builder#url} does, and not as {@link ConnectionFactoryOptions#parse} does: a plus
     * stays a plus, what is not well formed is refused without being repeated, and secrets become sensitive options.
     *
     * @throws InvalidOptionsException naming all that is wrong
     */
    public static ConnectionFactoryOptions parse(String url, OptionSet set) {
        return write(set.options().url(url).build());
    }

    /**
     * The options that a driver was given.
     *
     * @throws NoSuchOptionException if nothing is wrong but that a required option is missing
     * @throws InvalidOptionsException (an {@link IllegalArgumentException}) naming all that is wrong
     */
    public static Options read(ConnectionFactoryOptions given, OptionSet set) {
        Options.Builder builder = set.options();
        all(given).forEach((name, option) -> {
            Object value = given.getValue(option);
            if (value != null && isForUs(name, value, set)) {
                builder.set(name, value);
            }
        });
        try {
            return builder.build();
        } catch (InvalidOptionsException e) {
            throw translated(e);
        }
    }

    /** The same options for {@link io.r2dbc.spi.ConnectionFactories}; the driver is the system's name. */
    public static ConnectionFactoryOptions write(Options options) {
        ConnectionFactoryOptions.Builder builder = ConnectionFactoryOptions.builder()
                .option(ConnectionFactoryOptions.DRIVER, options.set().system());
        options.forEach((key, value) -> {
            if (!key.name().equals(CommonOptions.HOST.name())) {
                builder.option(erased(key), value);
            }
        });
        if (options.set().find(CommonOptions.HOST.name()) != null && options.isSet(CommonOptions.HOST)) {
            hosts(options.get(CommonOptions.HOST), builder);
        }
        return builder.build();
    }

    /** One host and its port go where everybody looks for them; several only fit into HOST together. */
    private static void hosts(List<HostPort> hosts, ConnectionFactoryOptions.Builder builder) {
        HostPort first = hosts.get(0);
        Integer port = first.port();
        if (hosts.size() == 1 && port != null) {
            builder.option(ConnectionFactoryOptions.HOST, new HostPort(first.host(), null).toString());
            builder.option(ConnectionFactoryOptions.PORT, port);
        } else {
            builder.option(
                    ConnectionFactoryOptions.HOST,
                    hosts.stream().map(HostPort::toString).collect(Collectors.joining(",")));
        }
    }

    /** By name, so that the order does not depend on hash codes. The SPI lets nobody iterate, but it lets one filter. */
    private static Map<String, Option<?>> all(ConnectionFactoryOptions given) {
        Map<String, Option<?>> all = new TreeMap<>();
        ConnectionFactoryOptions.builder().from(given, option -> {
            all.put(option.name(), option);
            return false;
        });
        return all;
    }

    /** An unknown option is for us as well, so that it is refused. */
    private static boolean isForUs(String name, Object value, OptionSet set) {
        if (name.equals(ConnectionFactoryOptions.PROTOCOL.name())) {
            return !isEmpty(value);
        }
        return set.find(name) != null
                || !(name.equals(ConnectionFactoryOptions.DRIVER.name()) || OF_WRAPPERS.contains(name));
    }

    /** What r2dbc-pool leaves of the protocol in {@code r2dbc:pool:iotdb://}. */
    static boolean isEmpty(@Nullable Object protocol) {
        return protocol == null || protocol.toString().isEmpty();
    }

    private static RuntimeException translated(InvalidOptionsException e) {
        Problem first = e.problems().get(0);
        boolean onlyMissing = e.problems().stream().allMatch(problem -> problem.reason() == Reason.MISSING);
        return onlyMissing ? new NoSuchOptionException(e.getMessage(), Option.valueOf(first.option())) : e;
    }

    @SuppressWarnings("unchecked") // Options hands out a value that fits its key
    private static Option<Object> erased(OptionKey<?> key) {
        return (Option<Object>) option(key);
    }
}
