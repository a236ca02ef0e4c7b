package io.weir.tdengine.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.weir.core.page.AbstractPage;
import io.weir.core.page.AbstractRow;
import io.weir.tdengine.type.TdengineType;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** One block of rows as a page. Holds the message in which it came until it is closed. */
public final class BlockPage extends AbstractPage {

    private final ByteBuf block;
    private final ByteBuffer bytes;
    private final ResultLayout layout;
    private final BlockColumn[] columns;

    private BlockPage(ResultLayout layout, ByteBuf block, ByteBuffer bytes, int rows, BlockColumn[] columns) {
        super(layout.shape(), rows);
        this.layout = layout;
        this.block = block;
        this.bytes = bytes;
        this.columns = columns;
    }

    /**
     * Makes a page of a block, with a hold of its own on the bytes.
     *
     * @throws io.weir.core.WeirException of kind PROTOCOL if the bytes are no block of that layout; nothing is held then
     */
    public static BlockPage of(ByteBuf block, ResultLayout layout) {
        RawBlock read = RawBlock.read(block.nioBuffer());
        if (read.size() != layout.size()) {
            throw Malformed.error("A block has " + read.size() + " columns, its result has " + layout.size());
        }
        BlockColumn[] columns = new BlockColumn[layout.size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = read.column(i);
            // A column without a type may turn up in the place of any: all its values are null.
            if (columns[i].type != layout.type(i)
                    && columns[i].type != TdengineType.NULL
                    && layout.type(i) != TdengineType.NULL) {
                throw Malformed.error("Column " + i + " of a block is " + columns[i].type.sqlName()
                        + ", its result says " + layout.type(i).sqlName());
            }
        }
        return new BlockPage(layout, block.retain(), read.bytes(), read.rows(), columns);
    }

    /** A page without rows, for a result that has none. */
    public static BlockPage empty(ResultLayout layout) {
        return new BlockPage(layout, Unpooled.EMPTY_BUFFER, ByteBuffer.allocate(0), 0, new BlockColumn[0]);
    }

    @Override
    protected AbstractRow newView() {
        return new Row();
    }

    @Override
    protected void release() {
        block.release();
    }

    /** The view that moves over the rows. */
    private final class Row extends AbstractRow {

        private byte[] scratch = new byte[64];

        Row() {
            super(layout.shape());
        }

        @Override
        protected boolean isNullAt(int column) {
            return columns[column].isNull(index());
        }

        @Override
        protected long longAt(int column) {
            return columns[column].longAt(index());
        }

        @Override
        protected double doubleAt(int column) {
            return columns[column].doubleAt(index());
        }

        @Override
        protected boolean booleanAt(int column) {
            return columns[column].booleanAt(index());
        }

        @Override
        protected BigDecimal decimalAt(int column) {
            return columns[column].decimalAt(index());
        }

        @Override
        protected ByteBuffer bytesAt(int column) {
            BlockColumn values = columns[column];
            if (values.type == TdengineType.NCHAR) {
                return ByteBuffer.wrap(textAt(column).getBytes(StandardCharsets.UTF_8));
            }
            int entry = values.entry(index());
            return bytes.slice(values.startAt(entry), values.lengthAt(entry));
        }

        /** By way of an array that is used again: then the one copy that the String itself makes is the only garbage. */
        @Override
        protected String textAt(int column) {
            BlockColumn values = columns[column];
            int entry = values.entry(index());
            int start = values.startAt(entry);
            int length = values.lengthAt(entry);
            if (length > scratch.length) {
                scratch = new byte[Math.max(length, 2 * scratch.length)];
            }
            if (values.type == TdengineType.NCHAR) {
                return Ucs4.text(bytes, start, length, scratch);
            }
            bytes.get(start, scratch, 0, length);
            return new String(
                    scratch, 0, length, values.isPlain() ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
        }
    }
}
