package io.weir.tdengine.nativelib;

import com.sun.jna.Library;
import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import org.jspecify.annotations.Nullable;

/** The functions of the C library for subscriptions. All may block, and one at a time is allowed for each consumer. */
interface Libtmq extends Library {

    /** Of {@link #tmq_conf_set}. */
    int UNKNOWN = -2;

    /** The bytes of a message: a structure that is given back as a value. */
    @Structure.FieldOrder({"bytes", "length", "type"})
    class Raw extends Structure {
        public @Nullable Pointer bytes;
        public int length;
        public short type;

        static final class ByValue extends Raw implements Structure.ByValue {
            ByValue(Raw of) {
                bytes = of.bytes;
                length = of.length;
                type = of.type;
            }
        }
    }

    Pointer tmq_conf_new();

    int tmq_conf_set(Pointer conf, String key, String value);

    void tmq_conf_destroy(Pointer conf);

    Pointer tmq_list_new();

    int tmq_list_append(Pointer list, String text);

    int tmq_list_get_size(Pointer list);

    @Nullable Pointer tmq_list_to_c_array(Pointer list);

    void tmq_list_destroy(Pointer list);

    @Nullable Pointer tmq_consumer_new(Pointer conf, byte[] error, int length);

    int tmq_subscribe(Pointer consumer, Pointer topics);

    int tmq_subscription(Pointer consumer, PointerByReference topics);

    int tmq_unsubscribe(Pointer consumer);

    int tmq_consumer_close(Pointer consumer);

    @Nullable Pointer tmq_consumer_poll(Pointer consumer, long millis);

    int tmq_get_res_type(Pointer message);

    String tmq_get_topic_name(Pointer message);

    String tmq_get_db_name(Pointer message);

    int tmq_get_vgroup_id(Pointer message);

    long tmq_get_vgroup_offset(Pointer message);

    int tmq_get_raw(Pointer message, Raw raw);

    void tmq_free_raw(Raw.ByValue raw);

    @Nullable Pointer tmq_get_json_meta(Pointer message);

    void tmq_free_json_meta(Pointer meta);

    int tmq_commit_offset_sync(Pointer consumer, String topic, int vgroup, long offset);

    int tmq_offset_seek(Pointer consumer, String topic, int vgroup, long offset);

    int tmq_get_topic_assignment(Pointer consumer, String topic, PointerByReference ranges, IntByReference count);

    void tmq_free_assignment(Pointer ranges);

    long tmq_position(Pointer consumer, String topic, int vgroup);

    long tmq_committed(Pointer consumer, String topic, int vgroup);

    @Nullable String tmq_err2str(int code);
}
