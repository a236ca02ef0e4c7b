package io.weir.tdengine.nativelib;

import com.sun.jna.Callback;
import com.sun.jna.Library;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The functions of the C library that are used here, by their own names. Texts are UTF-8 and end at their first zero.
 *
 * <p>A C {@code bool} is a byte: as a Java boolean JNA would look at bytes that nobody has set.
 */
interface Libtaos extends Library {

    /** Without these there is nothing to be done; an older library lacks some. */
    List<String> NEEDED = List.of(
            "taos_connect",
            "taos_close",
            "taos_options",
            "taos_options_connection",
            "taos_get_server_info",
            "taos_get_current_db",
            "taos_query_a_with_reqid",
            "taos_fetch_raw_block_a",
            "taos_get_raw_block",
            "taos_free_result",
            "taos_errno",
            "taos_errstr",
            "taos_num_fields",
            "taos_fetch_fields_e",
            "taos_result_precision",
            "taos_affected_rows",
            "taos_is_update_query",
            "taos_stmt2_init",
            "taos_stmt2_prepare",
            "taos_stmt2_is_insert",
            "taos_stmt2_get_fields",
            "taos_stmt2_free_fields",
            "taos_stmt2_bind_param",
            "taos_stmt2_exec",
            "taos_stmt2_result",
            "taos_stmt2_error",
            "taos_stmt2_close");

    /** Of {@link #taos_options}, for the whole process. */
    int LOCALE = 0;

    int CHARSET = 1;
    int CONFIG_FOLDER = 3;

    /** Of {@link #taos_options_connection}. */
    int ZONE = 1;

    int USER_IP = 2;
    int APPLICATION = 3;
    int CONNECTOR = 4;

    /** Of {@link #taos_set_conn_mode}. */
    int BUSINESS_INTELLIGENCE = 0;

    /** What is called when an asynchronous call has ended, on a thread of the library or on the caller's own. */
    interface Done extends Callback {
        void done(@Nullable Pointer param, @Nullable Pointer result, int code);
    }

    String taos_get_client_info();

    int taos_options(int option, String value, Object... none);

    @Nullable Pointer taos_connect(String host, String user, String password, @Nullable String database, short port);

    @Nullable Pointer taos_connect_totp(
            String host, String user, String password, String totp, @Nullable String database, short port);

    @Nullable Pointer taos_connect_token(String host, String token, @Nullable String database, short port);

    void taos_close(Pointer connection);

    int taos_options_connection(Pointer connection, int option, @Nullable String value, Object... none);

    int taos_set_conn_mode(Pointer connection, int mode, int value);

    @Nullable String taos_get_server_info(Pointer connection);

    int taos_get_current_db(Pointer connection, byte[] name, int length, IntByReference required);

    void taos_reset_current_db(Pointer connection);

    void taos_query_a_with_reqid(Pointer connection, String sql, Done done, Pointer param, long requestId);

    void taos_fetch_raw_block_a(Pointer result, Done done, Pointer param);

    @Nullable Pointer taos_get_raw_block(Pointer result);

    void taos_free_result(Pointer result);

    int taos_errno(@Nullable Pointer result);

    @Nullable String taos_errstr(@Nullable Pointer result);

    int taos_num_fields(Pointer result);

    @Nullable Pointer taos_fetch_fields_e(Pointer result);

    int taos_result_precision(Pointer result);

    int taos_affected_rows(Pointer result);

    byte taos_is_update_query(Pointer result);

    @Nullable Pointer taos_stmt2_init(Pointer connection, Pointer option);

    int taos_stmt2_prepare(Pointer statement, String sql, NativeLong length);

    int taos_stmt2_is_insert(Pointer statement, IntByReference insert);

    int taos_stmt2_get_fields(Pointer statement, IntByReference count, PointerByReference fields);

    void taos_stmt2_free_fields(Pointer statement, Pointer fields);

    int taos_stmt2_bind_param(Pointer statement, Pointer values, int column);

    int taos_stmt2_exec(Pointer statement, @Nullable IntByReference affected);

    @Nullable Pointer taos_stmt2_result(Pointer statement);

    @Nullable String taos_stmt2_error(Pointer statement);

    int taos_stmt2_close(Pointer statement);

    @Nullable Pointer taos_schemaless_insert_raw_ttl_with_reqid_tbname_key(
            Pointer connection,
            byte[] lines,
            int length,
            IntByReference rows,
            int protocol,
            int precision,
            int ttl,
            long requestId,
            @Nullable String tableNameKey);
}
