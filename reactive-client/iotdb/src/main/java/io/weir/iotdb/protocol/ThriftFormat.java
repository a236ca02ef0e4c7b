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
    };

    abstract ThriftOutput output(ByteBuf out);

    abstract ThriftInput input(ByteBuf frame);
}
