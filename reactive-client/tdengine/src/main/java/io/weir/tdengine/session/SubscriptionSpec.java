package io.weir.tdengine.session;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a consumer subscribes to.
 *
 * @param clientId how the server calls it; null: by no name
 * @param start {@code earliest}, {@code latest} or {@code none}: where a group begins that has committed nothing
 * @param tableNames whether rows come with the names of their tables
 * @param config further settings, as the vendor's library names them
 */
public record SubscriptionSpec(
        String group,
        List<String> topics,
        @Nullable String clientId,
        String start,
        boolean tableNames,
        Map<String, String> config) {}
