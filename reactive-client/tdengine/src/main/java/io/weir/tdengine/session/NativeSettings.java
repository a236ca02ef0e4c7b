package io.weir.tdengine.session;

import io.weir.core.Endpoints;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import reactor.netty.resources.LoopResources;

/**
 * What the native way to the server needs to know.
 *
 * @param connectTimeout loading the library, and login, together
 * @param loops null: those that all clients of the process share
 * @param library the file of the vendor's library; null: where the system looks for it
 * @param configFolder of the vendor's configuration; null: the library's own
 * @param locale of the library; null: the library's own
 * @param threads on which the library may block
 */
public record NativeSettings(
        Endpoints endpoints,
        SessionSettings session,
        Duration connectTimeout,
        @Nullable LoopResources loops,
        @Nullable Path library,
        @Nullable Path configFolder,
        @Nullable String locale,
        int threads) {}
