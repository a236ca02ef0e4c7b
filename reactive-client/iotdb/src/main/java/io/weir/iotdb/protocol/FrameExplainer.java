package io.weir.iotdb.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.weir.core.WeirException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Prints frames for people: which call or reply, its fields by name, the blocks of rows in a line each. Passwords are
 * left out. {@code ./dev wire <hex>} runs it.
 */
public final class FrameExplainer {

    private static final int MOST_TEXT = 400;
    private static final int MOST_BYTES = 32;

    private final StringBuilder out = new StringBuilder();

    private FrameExplainer() {}

    /** Explains the frames whose bytes are given as hexadecimal digits; other characters between them do not matter. */
    public static void main(String[] args) {
        String digits = String.join("", args).replaceAll("0[xX]|[^0-9a-fA-F]", "");
        if (digits.isEmpty() || digits.length() % 2 != 0) {
            System.err.println("Give the bytes of one or more frames as hexadecimal digits, two for each byte.");
            System.exit(2);
        }
        System.out.print(explain(Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(digits))));
    }

    /**
     * Explains everything that is there.
     *
     * @param bytes frames with their lengths in front, or one message without; only its reader index moves
     */
    public static String explain(ByteBuf bytes) {
        FrameExplainer explainer = new FrameExplainer();
        while (bytes.isReadable()) {
            explainer.frame(bytes);
        }
        return explainer.out.toString();
    }

    private void frame(ByteBuf bytes) {
        ByteBuf frame = bytes;
        if (bytes.readableBytes() >= Integer.BYTES && bytes.getByte(bytes.readerIndex()) >= 0) {
            long length = bytes.readUnsignedInt();
            if (length > bytes.readableBytes()) {
                line(0, "a frame of " + length + " bytes, of which " + bytes.readableBytes() + " are here");
                length = bytes.readableBytes();
            }
            frame = bytes.readSlice((int) length);
        }
        int size = frame.readableBytes();
        try {
            message(frame, size);
        } catch (WeirException e) {
            line(1, "… " + e.getMessage());
        }
        frame.skipBytes(frame.readableBytes());
    }

    private void message(ByteBuf frame, int size) {
        ThriftFormat format = ThriftFormat.of(frame);
        ThriftInput in = format.input(frame);
        MessageHead head = in.message();
        String kind = switch (head.kind()) {
            case MessageHead.CALL -> "call";
            case MessageHead.REPLY -> "reply";
            case MessageHead.EXCEPTION -> "exception";
            default -> "message of kind " + head.kind();
        };
        line(
                0,
                kind + " " + head.method() + ", number " + head.sequence() + ", " + size + " bytes"
                        + (format == ThriftFormat.COMPACT ? ", compact protocol" : ""));
        struct(in, head.kind() == MessageHead.EXCEPTION ? kind : head.method() + "." + kind, 1);
    }

    private void struct(ThriftInput in, @Nullable String name, int level) {
        in.beginStruct();
        while (in.nextField()) {
            WireNames.Field field = WireNames.of(name, in.fieldId());
            value(in, in.fieldType(), field, field.name(), level);
        }
    }

    private void value(ThriftInput in, ThriftType type, WireNames.Field field, String label, int level) {
        switch (type) {
            case BOOL -> line(level, label + ": " + in.bool());
            case I8 -> line(level, label + ": " + in.i8());
            case I16 -> line(level, label + ": " + in.i16());
            case I32 -> line(level, label + ": " + in.i32());
            case I64 -> line(level, label + ": " + in.i64());
            case DOUBLE -> line(level, label + ": " + in.float64());
            case STRING -> line(level, label + ": " + text(in.binary(), field.show()));
            case STRUCT -> {
                line(level, label + ":");
                struct(in, field.struct(), level + 1);
            }
            case LIST, SET -> {
                ThriftInput.Collection list = in.anyList();
                line(level, label + ": " + list.size() + " of " + list.value());
                elements(in, list, field, level + 1);
            }
            case MAP -> {
                ThriftInput.Collection map = in.anyMap();
                line(level, label + ": " + map.size() + " entries");
                elements(in, map, field, level + 1);
            }
        }
    }

    private void elements(ThriftInput in, ThriftInput.Collection collection, WireNames.Field field, int level) {
        for (int i = 0; i < collection.size(); i++) {
            if (collection.key() != null) {
                value(in, collection.key(), field, "key", level);
                value(in, collection.value(), field, "value", level + 1);
            } else {
                value(in, collection.value(), field, "[" + i + "]", level);
            }
        }
    }

    private static String text(ByteBuf bytes, WireNames.Show show) {
        return switch (show) {
            case SECRET -> "***";
            case SQL -> shortened(SecretSql.mask(bytes.toString(StandardCharsets.UTF_8)));
            case BLOCKS -> block(bytes);
            case PLAIN -> plain(bytes);
        };
    }

    private static String plain(ByteBuf bytes) {
        if (ByteBufUtil.isText(bytes, StandardCharsets.UTF_8)) {
            return shortened(bytes.toString(StandardCharsets.UTF_8));
        }
        int shown = Math.min(bytes.readableBytes(), MOST_BYTES);
        return bytes.readableBytes() + " bytes " + ByteBufUtil.hexDump(bytes, bytes.readerIndex(), shown)
                + (shown < bytes.readableBytes() ? "…" : "");
    }

    private static String shortened(String text) {
        return "'" + (text.length() <= MOST_TEXT ? text : text.substring(0, MOST_TEXT) + "…") + "'";
    }

    private static String block(ByteBuf bytes) {
        try {
            return bytes.readableBytes() + " bytes, "
                    + TsBlock.read(new BlockBytes(ByteBufUtil.getBytes(bytes), 0, bytes.readableBytes()));
        } catch (WeirException e) {
            return bytes.readableBytes() + " bytes, unreadable: " + e.getMessage();
        }
    }

    private void line(int level, String text) {
        out.append(String.format(Locale.ROOT, "%s%s%n", "  ".repeat(level), text));
    }
}
