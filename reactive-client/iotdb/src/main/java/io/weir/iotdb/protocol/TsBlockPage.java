package io.weir.iotdb.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.weir.core.page.AbstractPage;
import io.weir.core.page.AbstractRow;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** One block of rows as a page. Holds the frame in which it came until it is closed. */
public final class TsBlockPage extends AbstractPage {

    private final ByteBuf block;
    private final ByteBuffer bytes;
    private final BlockLayout layout;
    private final BlockColumn[] columns;

    private TsBlockPage(BlockLayout layout, ByteBuf block, ByteBuffer bytes, int rows, BlockColumn[] columns) {
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
    public static TsBlockPage of(ByteBuf block, BlockLayout layout) {
        ByteBuffer bytes = block.nioBuffer().slice();
        TsBlock read = TsBlock.read(bytes);
        BlockColumn[] columns = new BlockColumn[layout.size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = read.column(layout, i);
        }
        return new TsBlockPage(layout, block.retain(), bytes, read.rows(), columns);
    }

    /** A page without rows, for a result that has none. */
    public static TsBlockPage empty(BlockLayout layout) {
        return new TsBlockPage(layout, Unpooled.EMPTY_BUFFER, ByteBuffer.allocate(0), 0, new BlockColumn[0]);
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
        /** Texts that all rows share are made once; by column. */
        private @Nullable String @Nullable [] repeated;

        Row() {
            super(layout.shape());
        }

        @Override
        protected boolean isNullAt(int column) {
            return columns[column].isNull(index());
        }

        @Override
        protected long longAt(int column) {
            BlockColumn values = columns[column];
            return values.storage == BlockColumn.LONGS ? values.longAt(index()) : values.intAt(index());
        }

        @Override
        protected double doubleAt(int column) {
            BlockColumn values = columns[column];
            return values.storage == BlockColumn.LONGS
                    ? Double.longBitsToDouble(values.longAt(index()))
                    : Float.intBitsToFloat(values.intAt(index()));
        }

        @Override
        protected boolean booleanAt(int column) {
            return columns[column].booleanAt(index());
        }

        @Override
        protected ByteBuffer bytesAt(int column) {
            int entry = columns[column].entryAt(index());
            return bytes.slice(entry + Integer.BYTES, bytes.getInt(entry));
        }

        @Override
        protected LocalDate dateAt(int column) {
            int date = columns[column].intAt(index());
            return LocalDate.of(date / 10_000, date / 100 % 100, date % 100);
        }

        @Override
        protected String textAt(int column) {
            BlockColumn values = columns[column];
            return values.isRepeated() ? repeatedText(column, values) : text(values.entryAt(index()));
        }

        private String repeatedText(int column, BlockColumn values) {
            if (repeated == null) {
                repeated = new String[columns.length];
            }
            String text = repeated[column];
            if (text == null) {
                text = text(values.entryAt(index()));
                repeated[column] = text;
            }
            return text;
        }

        /** By way of an array that is used again: then the one copy that the String itself makes is the only garbage. */
        private String text(int entry) {
            int length = bytes.getInt(entry);
            if (length > scratch.length) {
                scratch = new byte[Math.max(length, 2 * scratch.length)];
            }
            bytes.get(entry + Integer.BYTES, scratch, 0, length);
            return new String(scratch, 0, length, StandardCharsets.UTF_8);
        }
    }
}
