package io.weir.tdengine.session;

import io.weir.tdengine.type.MessageType;
import io.weir.tdengine.type.TableRows;
import io.weir.tdengine.type.TopicPlace;
import java.util.List;

/**
 * One message of a subscription.
 *
 * @param messageId by which the server knows it on its connection
 * @param offset where it begins in its log
 * @param next where the message behind it begins: what is committed once this one is processed
 * @param tables the rows, of one table each
 * @param meta the changes of tables, as JSON; empty if there are none
 */
public record Delivery(
        TopicPlace place,
        String database,
        MessageType type,
        long messageId,
        long offset,
        long next,
        List<TableRows> tables,
        String meta) {

    /** How many rows there are. */
    public int size() {
        return tables.stream().mapToInt(table -> table.page().size()).sum();
    }

    /** Gives the rows back. */
    public void close() {
        tables.forEach(table -> table.page().close());
    }
}
