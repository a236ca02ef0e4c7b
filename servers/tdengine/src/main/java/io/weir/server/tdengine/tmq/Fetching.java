package io.weir.server.tdengine.tmq;

import io.weir.server.tdengine.block.BlockFormat;
import io.weir.server.tdengine.block.BlockWriter;
import io.weir.server.tdengine.block.Column;
import io.weir.server.tdengine.block.LittleEndian;
import io.weir.server.tdengine.block.SubscriptionData;
import io.weir.server.tdengine.session.Outbox;
import io.weir.server.tdengine.session.Reply;
import io.weir.server.tdengine.sql.TaosError;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reading the one message that the server keeps: as raw data, or part by part in the older way. */
final class Fetching {

    private static final int RAW_TYPE_DATA = 2;
    private static final int RAW_ANSWER = 3;

    private final Outbox outbox;
    private @Nullable Delivered cached;
    private int part;
    private boolean batchMeta;

    Fetching(Outbox outbox) {
        this.outbox = outbox;
    }

    /** Whether changes of tables come as a list with a version. */
    void batchMeta(boolean asked) {
        batchMeta = asked;
    }

    @Nullable Delivered cached() {
        return cached;
    }

    /** Frees the former message. */
    void cache(Delivered message) {
        cached = message;
        part = -1;
    }

    /** False if the action is none of ours. */
    boolean handle(TmqRequest request) {
        switch (request.action()) {
            case "fetch_raw_data" -> fetchRawData(request);
            case "fetch_raw" -> fetchRaw(request);
            case "fetch" -> fetch(request);
            case "fetch_block" -> fetchBlock(request);
            case "fetch_json_meta" -> {
                if (cached != null && cached.meta() == null) {
                    throw TaosError.adapter("message type can not get meta, type: " + cached.type());
                }
                Delivered message = wanted(request, "message ID is not equal");
                send(request.ok().with("message_id", message.id()).with("data", metaOf(message)));
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private @Nullable Object metaOf(Delivered message) {
        return batchMeta && message.meta() != null
                ? Map.of("tmq_meta_version", "1.0", "metas", List.of(message.meta()))
                : message.meta();
    }

    private void send(Reply reply) {
        outbox.text(reply.json());
    }

    private Delivered wanted(TmqRequest request, String otherwise) {
        if (cached == null) {
            throw TaosError.adapter("message has been freed");
        } else if (cached.id() != request.args().id("message_id")) {
            throw TaosError.adapter(otherwise);
        }
        return cached;
    }

    private Delivered data(TmqRequest request, String otherwise) {
        Delivered message = wanted(request, otherwise);
        if (message.meta() != null) {
            throw TaosError.adapter("message type is not data");
        }
        return message;
    }

    private void fetchRawData(TmqRequest request) {
        Delivered message = data(request, "message ID is not equal");
        byte[] raw = raw(message);
        outbox.binary(head(request, 0, "", message.id())
                .i16(RAW_TYPE_DATA)
                .i32(raw.length)
                .raw(raw)
                .toBytes());
    }

    /** This action's errors are binary too. */
    void refuseRawData(TmqRequest request, TaosError error) {
        outbox.binary(head(request, error.code(), error.text(), request.args().id("message_id"))
                .toBytes());
    }

    private static byte[] raw(Delivered message) {
        return SubscriptionData.encode(message.parts(), message.precision().number(), message.offset(), message.next());
    }

    /** The older way to get the same bytes. */
    private void fetchRaw(TmqRequest request) {
        Delivered message = data(request, "message ID is not equal");
        byte[] raw = raw(message);
        outbox.binary(new LittleEndian(38 + raw.length)
                .i64(request.nanos())
                .i64(request.requestId())
                .i64(message.id())
                .i64(RAW_ANSWER)
                .i32(raw.length)
                .i16(RAW_TYPE_DATA)
                .raw(raw)
                .toBytes());
    }

    private static LittleEndian head(TmqRequest request, int code, String text, long messageId) {
        byte[] message = text.getBytes(StandardCharsets.UTF_8);
        return new LittleEndian(64)
                .i64(-1)
                .i64(8)
                .i16(1)
                .i64(request.nanos())
                .i64(request.requestId())
                .i32(code & 0xffff)
                .i32(message.length)
                .raw(message)
                .i64(messageId);
    }

    private void fetch(TmqRequest request) {
        Delivered message = data(request, "message ID are not equal");
        boolean completed = part + 1 >= message.parts().size();
        Reply reply = request.ok().with("message_id", message.id()).with("completed", completed);
        if (completed) {
            send(reply.with("table_name", "")
                    .with("rows", 0)
                    .with("fields_count", 0)
                    .with("fields_names", null)
                    .with("fields_types", null)
                    .with("fields_lengths", null)
                    .with("precision", 0));
            return;
        }
        SubscriptionData.Part current = message.parts().get(++part);
        List<Column> columns = current.columns();
        send(reply.with("table_name", current.table())
                .with("rows", current.rows().size())
                .with("fields_count", columns.size())
                .with("fields_names", columns.stream().map(Column::name).toList())
                .with(
                        "fields_types",
                        columns.stream()
                                .map(column -> column.type().kind().number())
                                .toList())
                .with(
                        "fields_lengths",
                        columns.stream().map(column -> column.type().length()).toList())
                .with("precision", message.precision().number()));
    }

    private void fetchBlock(TmqRequest request) {
        Delivered message = data(request, "message is nil");
        if (part < 0) {
            throw TaosError.adapter("no fetch data");
        }
        SubscriptionData.Part current = message.parts().get(part);
        byte[] block = BlockWriter.encode(current.columns(), current.rows(), BlockFormat.SUBSCRIPTION);
        outbox.binary(new LittleEndian(24 + block.length)
                .i64(request.nanos())
                .i64(request.requestId())
                .i64(message.id())
                .raw(block)
                .toBytes());
    }
}
