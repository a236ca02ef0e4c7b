package io.weir.iotdb.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.weir.iotdb.type.SeriesType;
import java.util.Map;

/**
 * Creates a template of devices: its name, and the series of a device under it.
 *
 * @param series by the last part of their paths; of each only type, encoding and compression count
 * @param aligned whether the series of a device share their times
 */
public record CreateTemplate(long sessionId, String name, Map<String, SeriesType> series, boolean aligned)
        implements Command {

    @Override
    public String method() {
        return "createSchemaTemplate";
    }

    @Override
    public void writeArguments(ThriftOutput out) {
        out.beginStruct(1);
        out.i64(1, sessionId);
        out.string(2, name);
        out.binary(3, description());
        out.endStruct();
    }

    /** The template as a row of bytes of its own; each series with the (empty) path to it. */
    private ByteBuf description() {
        ByteBuf bytes = Unpooled.buffer();
        text(bytes, name);
        bytes.writeBoolean(aligned);
        series.forEach((measurement, type) -> {
            text(bytes, "");
            bytes.writeBoolean(aligned);
            text(bytes, measurement);
            bytes.writeByte(type.type().code());
            bytes.writeByte(type.encoding().code());
            bytes.writeByte(type.compression().code());
        });
        return bytes;
    }

    private static void text(ByteBuf bytes, String value) {
        bytes.writeInt(ByteBufUtil.utf8Bytes(value));
        ByteBufUtil.writeUtf8(bytes, value);
    }
}
