package io.weir.tdengine.protocol;

import io.netty.buffer.ByteBuf;
import io.weir.core.WeirException;
import io.weir.tdengine.type.TableRows;
import io.weir.tdengine.type.TdengineType;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the rows of a subscription's message: blocks, each with its columns and the name of its table. The pages hold the
 * bytes that they came in until they are closed.
 */
public final class SubscribedRows {

    /** From this on the head has its length in front. */
    private static final int HEAD_WITH_LENGTH = 100;

    private static final int BLOCK_HEAD = 18;
    private static final int TAIL = 8;
    private static final int LONGEST_NUMBER = 10;

    private final ByteBuf in;
    private final ZoneId zone;
    private boolean named;
    private boolean described;

    private SubscribedRows(ByteBuf in, ZoneId zone) {
        this.in = in;
        this.zone = zone;
    }

    /**
     * Reads all rows.
     *
     * @param zone in which moments are shown
     * @throws WeirException of kind PROTOCOL if the bytes are no such rows; nothing is held then
     */
    public static List<TableRows> read(ByteBuf data, ZoneId zone) {
        List<TableRows> tables = new ArrayList<>();
        int size = data.readableBytes();
        int start = data.readerIndex();
        try {
            new SubscribedRows(data, zone).read(tables);
            return tables;
        } catch (IndexOutOfBoundsException e) {
            close(tables);
            throw Malformed.error("Rows of a subscription of " + size + " bytes end too early, at byte "
                    + (data.readerIndex() - start));
        } catch (WeirException e) {
            close(tables);
            throw e;
        }
    }

    private static void close(List<TableRows> tables) {
        tables.forEach(table -> table.page().close());
    }

    private void read(List<TableRows> into) {
        skipHead();
        int blocks = in.readIntLE();
        named = in.readByte() != 0;
        described = in.readByte() != 0;
        // No room is made by this number, and each block is checked: a hostile one ends with the bytes.
        for (int i = 0; i < blocks; i++) {
            into.add(block());
        }
        if (blocks < 0 || in.readableBytes() < TAIL) {
            throw Malformed.error("Rows of a subscription are said to be in " + blocks + " blocks, behind which "
                    + in.readableBytes() + " bytes are left, and not " + TAIL);
        }
    }

    private void skipHead() {
        if (in.getUnsignedByte(in.readerIndex()) >= HEAD_WITH_LENGTH) {
            in.skipBytes(1);
            skip(in.readIntLE());
            return;
        }
        for (int i = 0; i < 2; i++) {
            int type = in.readByte();
            switch (type) {
                case 1 -> skip(8);
                case 2, 3 -> skip(16);
                default ->
                    throw Malformed.error(
                            "Rows of a subscription begin with an offset of type " + type + ", which is unknown");
            }
        }
    }

    private TableRows block() {
        int length = in.readableBytes() < 1 ? 0 : number();
        if (length < BLOCK_HEAD || length > in.readableBytes()) {
            throw Malformed.error("A block of a subscription is said to have " + length + " bytes, of which "
                    + in.readableBytes() + " are there");
        }
        ByteBuf block = in.readSlice(length);
        block.skipBytes(Long.BYTES);
        long rows = block.readLong();
        int compressed = block.readByte();
        int precision = block.readByte();
        RawBlock read = RawBlock.read(block.nioBuffer());
        if (compressed != 0 || rows != read.rows()) {
            throw Malformed.error("A block of a subscription has " + read.rows() + " rows and is said to have " + rows
                    + (compressed == 0 ? "" : ", compressed"));
        }
        List<ResultField> fields = described ? fields() : unnamed(read);
        String table = named ? text() : "";
        ResultLayout layout = ResultLayout.of(fields, QueryAnswer.precision(precision), zone);
        return new TableRows(table, BlockPage.of(block, layout));
    }

    private List<ResultField> fields() {
        int count = signed();
        signed();
        List<ResultField> fields = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            TdengineType type = QueryAnswer.type(in.readUnsignedByte(), i);
            in.skipBytes(1);
            int bytes = signed();
            signed();
            fields.add(new ResultField(text(), type, length(type, bytes), 0, 0));
        }
        return fields;
    }

    /** The length that the user declared: without the head, and NCHAR in characters. */
    private static long length(TdengineType type, int bytes) {
        if (!type.isVariable()) {
            return bytes;
        }
        int content = Math.max(0, bytes - type.headWidth());
        return type == TdengineType.NCHAR ? content / 4 : content;
    }

    /** The server may leave descriptions out, and then only the types are known. */
    private static List<ResultField> unnamed(RawBlock block) {
        List<ResultField> fields = new ArrayList<>();
        for (int i = 0; i < block.size(); i++) {
            fields.add(new ResultField("column" + (i + 1), block.column(i).type, 0, 0, 0));
        }
        return fields;
    }

    private String text() {
        int length = number();
        if (length < 1 || length > in.readableBytes()) {
            throw Malformed.error("A name in a subscription is said to have " + length + " bytes, of which "
                    + in.readableBytes() + " are there");
        }
        String text = in.readCharSequence(length - 1, StandardCharsets.UTF_8).toString();
        in.skipBytes(1);
        return text;
    }

    private void skip(int length) {
        if (length < 0 || length > in.readableBytes()) {
            throw Malformed.error("The head of a subscription's rows is said to have " + length + " bytes, of which "
                    + in.readableBytes() + " are there");
        }
        in.skipBytes(length);
    }

    /** Seven bits in each byte, the lowest first. */
    private int number() {
        long value = 0;
        for (int i = 0; i < LONGEST_NUMBER; i++) {
            int part = in.readByte();
            value |= (long) (part & 0x7f) << (7 * i);
            if (part >= 0) {
                if (value < 0 || value > Integer.MAX_VALUE) {
                    break;
                }
                return (int) value;
            }
        }
        throw Malformed.error("A number in a subscription's rows is out of bounds");
    }

    private int signed() {
        int value = number();
        return value >>> 1 ^ -(value & 1);
    }
}
