package io.weir.server.tdengine.tmq;

import io.weir.server.tdengine.block.SubscriptionData;
import io.weir.server.tdengine.sql.Precision;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One message of a subscription.
 *
 * @param offset where it begins in the log
 * @param next where the following one begins
 * @param meta the change of tables, null in a message of data
 */
record Delivered(
        long id,
        String topic,
        String database,
        int vgroup,
        long offset,
        long next,
        Precision precision,
        List<SubscriptionData.Part> parts,
        @Nullable Map<String, @Nullable Object> meta) {

    static final int DATA = 1;
    static final int META = 2;

    int type() {
        return meta == null ? DATA : META;
    }
}
