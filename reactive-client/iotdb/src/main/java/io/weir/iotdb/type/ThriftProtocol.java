package io.weir.iotdb.type;

/** How calls and answers are laid out in bytes. It is a setting of the server, and not negotiated. */
public enum ThriftProtocol {
    /** What every server speaks unless it is told otherwise. */
    BINARY,
    /**
     * Numbers and lengths as short as they are: servers with {@code dn_rpc_thrift_compression_enable=true}. Rows travel in
     * blocks, which it does not change, so it saves bytes with many small calls only.
     */
    COMPACT
}
