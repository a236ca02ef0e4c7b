package io.weir.tdengine;

import io.weir.core.Page;
import io.weir.core.RowView;
import io.weir.tdengine.session.ConsumerLink;
import io.weir.tdengine.session.Delivery;
import io.weir.tdengine.type.MessageType;
import io.weir.tdengine.type.TableRows;
import io.weir.tdengine.type.TopicPlace;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import reactor.core.publisher.Flux;

/**
 * One message of a subscription. It belongs to the subscriber, who closes it, and says when it is {@link #processed}.
 */
public final class TdengineMessage implements AutoCloseable {

    private final ConsumerLink link;
    private final Delivery delivery;

    TdengineMessage(ConsumerLink link, Delivery delivery) {
        this.link = link;
        this.delivery = delivery;
    }

    public String topic() {
        return delivery.place().topic();
    }

    /** The log that it stands in. */
    public TopicPlace place() {
        return delivery.place();
    }

    public String database() {
        return delivery.database();
    }

    public MessageType type() {
        return delivery.type();
    }

    /** Where it begins in its log. */
    public long offset() {
        return delivery.offset();
    }

    /** Where the next one begins: what is committed once this one is processed. */
    public long nextOffset() {
        return delivery.next();
    }

    /** The rows, table by table; good until the message is closed. Empty if only tables were changed. */
    public List<TableRows> tables() {
        return delivery.tables();
    }

    /** The changes of tables as the server describes them, in JSON; empty if there are none. */
    public String meta() {
        return delivery.meta();
    }

    /** How many rows there are. */
    public int size() {
        return delivery.size();
    }

    /**
     * The rows, each made into a value as it is asked for.
     *
     * @param mapper gets the name of the table and the one view that moves over the rows, good until it returns; never
     *     returns null
     */
    public <T> Flux<T> rows(BiFunction<String, RowView, ? extends T> mapper) {
        return Flux.fromIterable(delivery.tables()).concatMapIterable(table -> rowsOf(table, mapper));
    }

    private static <T> Iterable<T> rowsOf(TableRows table, BiFunction<String, RowView, ? extends T> mapper) {
        Page page = table.page();
        return () -> IntStream.range(0, page.size())
                .<T>mapToObj(row -> mapper.apply(table.table(), page.row(row)))
                .iterator();
    }

    /**
     * Says that this message is done with: it is committed in time, once those before it in its log are done with as well.
     * From any thread, at most once.
     */
    public void processed() {
        link.processed(delivery);
    }

    /** Gives the rows back. */
    @Override
    public void close() {
        delivery.close();
    }

    Delivery delivery() {
        return delivery;
    }

    @Override
    public String toString() {
        return delivery.type() + " of " + delivery.place() + " at " + delivery.offset() + ", " + size() + " rows";
    }
}
