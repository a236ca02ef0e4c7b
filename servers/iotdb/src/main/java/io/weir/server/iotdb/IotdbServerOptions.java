package io.weir.server.iotdb;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the server is started. Immutable: each {@code with} method returns a changed copy.
 *
 * @param heapMegabytes the largest heap of the server in MiB, 1024 unless told
 * @param port the client port, 0 (the default) takes a free one
 * @param folder where the server keeps its data, kept when it is closed; null (the default) for a throw-away folder
 * @param tls whether clients must speak TLS
 * @param properties what goes into the server's {@code iotdb-system.properties} on top of ports and folders
 */
public record IotdbServerOptions(
        int heapMegabytes, int port, @Nullable Path folder, boolean tls, Map<String, String> properties) {

    /** The unit of the server's timestamps. */
    public enum Precision {
        MILLISECONDS("ms"),
        MICROSECONDS("us"),
        NANOSECONDS("ns");

        private final String word;

        Precision(String word) {
            this.word = word;
        }
    }

    public IotdbServerOptions {
        properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
    }

    /** A server as the vendor ships it: milliseconds, no TLS, the strict binary protocol, a throw-away folder. */
    public static IotdbServerOptions defaults() {
        return new IotdbServerOptions(1024, 0, null, false, Map.of());
    }

    public IotdbServerOptions withHeapMegabytes(int megabytes) {
        return new IotdbServerOptions(megabytes, port, folder, tls, properties);
    }

    /** A client port of the caller's choice, for instance 6667. It must be free. */
    public IotdbServerOptions withPort(int fixed) {
        return new IotdbServerOptions(heapMegabytes, fixed, folder, tls, properties);
    }

    /** A folder that outlives the server. A later server on the same folder finds the data and takes the same ports. */
    public IotdbServerOptions withFolder(Path kept) {
        return new IotdbServerOptions(heapMegabytes, port, kept, tls, properties);
    }

    public IotdbServerOptions withTimestampPrecision(Precision precision) {
        return withProperty("timestamp_precision", precision.word);
    }

    /** TLS with the key and certificate of this PKCS12 key store. */
    public IotdbServerOptions withTls(Path keyStore, String password) {
        IotdbServerOptions keys = withProperty("enable_thrift_ssl", "true")
                .withProperty("key_store_path", keyStore.toAbsolutePath().toString())
                .withProperty("key_store_pwd", password);
        return new IotdbServerOptions(heapMegabytes, port, folder, true, keys.properties);
    }

    /** Thrift's compact protocol in place of the binary one; the server then hangs up on whoever speaks the other. */
    public IotdbServerOptions withCompactProtocol() {
        return withProperty("dn_rpc_thrift_compression_enable", "true");
    }

    boolean compactProtocol() {
        return Boolean.parseBoolean(properties.getOrDefault("dn_rpc_thrift_compression_enable", "false"));
    }

    /** How long a query may live, with the time that its reader holds back. The server's default is 60 s. */
    public IotdbServerOptions withQueryTimeout(Duration limit) {
        return withProperty("query_timeout_threshold", Long.toString(limit.toMillis()));
    }

    /** The largest frame that the server takes, in bytes. The server's default is 512 MiB. */
    public IotdbServerOptions withMaxFrameBytes(int bytes) {
        return withProperty("dn_thrift_max_frame_size", Integer.toString(bytes));
    }

    /** Any further line of {@code iotdb-system.properties}. */
    public IotdbServerOptions withProperty(String key, String value) {
        Map<String, String> more = new LinkedHashMap<>(properties);
        more.put(key, value);
        return new IotdbServerOptions(heapMegabytes, port, folder, tls, more);
    }
}
