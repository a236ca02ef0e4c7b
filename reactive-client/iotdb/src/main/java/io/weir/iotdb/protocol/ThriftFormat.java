package io.weir.iotdb.protocol;

import io.netty.buffer.ByteBuf;

/**
 * How Thrift's values are laid out in bytes. Client and server do not negotiate it: a server that is configured for
 * another format closes the connection at the first frame.
 */
public enum ThriftFormat {
    /** Strict TBinaryProtocol: what every IoTDB server speaks unless it is told otherwise. */
    BINARY {
        @Override
        ThriftOutput output(ByteBuf out) {
            return new BinaryOutput(out);
        }

        @Override
        ThriftInput input(ByteBuf frame) {
            return new BinaryInput(frame);
        }
    },
    /** TCompactProtocol: a server with {@code dn_rpc_thrift_compression_enable=true}. */
    COMPACT {
        @Override
        ThriftOutput output(ByteBuf out) {
            return new CompactOutput(out);
        }

        @Override
        ThriftInput input(ByteBuf frame) {
            return new CompactInput(frame);
        }
    };

    /** The format in which a message begins like this one, as far as its first byte tells. */
    static ThriftFormat of(ByteBuf message) {
        boolean compact =
                message.isReadable() && message.getUnsignedByte(message.readerIndex()) == CompactOutput.PROTOCOL_ID;
        return compact ? COMPACT : BINARY;
    }

    abstract ThriftOutput output(ByteBuf out);

    abstract ThriftInput input(ByteBuf frame);
}
