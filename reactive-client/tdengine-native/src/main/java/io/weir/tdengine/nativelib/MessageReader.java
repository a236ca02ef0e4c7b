package io.weir.tdengine.nativelib;

import com.sun.jna.Pointer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.weir.core.WeirException;
import io.weir.tdengine.protocol.PollAnswer;
import io.weir.tdengine.protocol.SubscribedRows;
import io.weir.tdengine.session.Delivery;
import io.weir.tdengine.type.MessageType;
import io.weir.tdengine.type.TableRows;
import io.weir.tdengine.type.TopicPlace;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;

/**
 * Takes out of the library's message what is in it. The rows are the bytes that the adapter would hand on, so that the same
 * code reads them as over the WebSocket; they are copied once, and the message can be given back.
 */
final class MessageReader {

    private final Libtmq tmq;
    private final Libtaos taos;
    private final Pointer consumer;
    private final ZoneId zone;
    private long count;

    MessageReader(LoadedLibrary library, Pointer consumer, ZoneId zone) {
        this.tmq = library.subscriptions();
        this.taos = library.functions();
        this.consumer = consumer;
        this.zone = zone;
    }

    Delivery read(Pointer message) {
        MessageType type = PollAnswer.type(tmq.tmq_get_res_type(message));
        TopicPlace place = new TopicPlace(tmq.tmq_get_topic_name(message), tmq.tmq_get_vgroup_id(message));
        String meta = type.hasMeta() ? meta(message) : "";
        long next = tmq.tmq_position(consumer, place.topic(), place.vgroup());
        if (next < 0) {
            throw Errors.of((int) next, tmq.tmq_err2str((int) next));
        }
        return new Delivery(
                place,
                tmq.tmq_get_db_name(message),
                type,
                ++count,
                tmq.tmq_get_vgroup_offset(message),
                next,
                // At last, since nobody would close them.
                type.hasRows() ? rows(message) : List.of(),
                meta);
    }

    private List<TableRows> rows(Pointer message) {
        Libtmq.Raw raw = new Libtmq.Raw();
        if (tmq.tmq_get_raw(message, raw) != 0) {
            throw failure();
        }
        try {
            Pointer bytes = raw.bytes;
            if (bytes == null || raw.length <= 0) {
                throw Fields.malformed("A message with rows has " + raw.length + " bytes");
            }
            ByteBuf copy = ByteBufAllocator.DEFAULT.buffer(raw.length, raw.length);
            try {
                copy.writeBytes(bytes.getByteBuffer(0, raw.length));
                return SubscribedRows.read(copy, zone);
            } finally {
                copy.release();
            }
        } finally {
            tmq.tmq_free_raw(new Libtmq.Raw.ByValue(raw));
        }
    }

    private String meta(Pointer message) {
        Pointer json = tmq.tmq_get_json_meta(message);
        if (json == null) {
            throw failure();
        }
        try {
            return json.getString(0, StandardCharsets.UTF_8.name());
        } finally {
            tmq.tmq_free_json_meta(json);
        }
    }

    /** Of this thread's last call. */
    private WeirException failure() {
        return Errors.of(taos, null, taos.taos_errno(null));
    }
}
