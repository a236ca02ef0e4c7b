package io.weir.iotdb.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.weir.core.page.AbstractPage;
import io.weir.core.page.AbstractRow;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * One block of rows as a page. It is copied once into a pooled array, which costs less than it saves: values are cheaper
 * to read from an array than from the socket's memory, texts most of all.
 */
public final class TsBlockPage extends AbstractPage {

    private final ByteBuf copy;
    private final byte[] bytes;
    private final BlockLayout layout;
    private final BlockColumn[] columns;
    /** What most columns of numbers tell, side by side: a row of many columns is read without a look at each of them. */
    private final int[] straightLongs;

    private TsBlockPage(BlockLayout layout, ByteBuf copy, int rows, BlockColumn[] columns) {
        super(layout.shape(), rows);
        this.layout = layout;
        this.copy = copy;
        this.bytes = copy.array();
        this.columns = columns;
        this.straightLongs = new int[columns.length];
        for (int i = 0; i < columns.length; i++) {
            straightLongs[i] = columns[i].straightLongs();
        }
    }

    /**
     * Makes a page of a block, which is not needed afterwards.
     *
     * @throws io.weir.core.WeirException of kind PROTOCOL if the bytes are no block of that layout
     */
    public static TsBlockPage of(ByteBuf block, BlockLayout layout) {
        int length = block.readableBytes();
        ByteBuf copy = block.alloc().heapBuffer(length, length);
        try {
            copy.writeBytes(block, block.readerIndex(), length);
            int start = copy.arrayOffset();
            TsBlock read = TsBlock.read(new BlockBytes(copy.array(), start, start + length));
            BlockColumn[] columns = new BlockColumn[layout.size()];
            for (int i = 0; i < columns.length; i++) {
                columns[i] = read.column(layout, i);
            }
            return new TsBlockPage(layout, copy.retain(), read.rows(), columns);
        } finally {
            copy.release();
        }
    }

    /** A page without rows, for a result that has none. */
    public static TsBlockPage empty(BlockLayout layout) {
        return new TsBlockPage(layout, Unpooled.EMPTY_BUFFER, 0, new BlockColumn[0]);
    }

    @Override
    protected AbstractRow newView() {
        return new Row();
    }

    @Override
    protected void release() {
        copy.release();
    }

    /** The view that moves over the rows. */
    private final class Row extends AbstractRow {

        /** Texts that all rows share are made once; by column. */
        private @Nullable String @Nullable [] repeated;

        Row() {
            super(layout.shape());
        }

        @Override
        protected boolean isNullAt(int column) {
            return straightLongs[column] == BlockColumn.NONE && columns[column].isNull(index());
        }

        @Override
        protected long longAt(int column) {
            int straight = straightLongs[column];
            if (straight != BlockColumn.NONE) {
                return BlockBytes.longAt(bytes, straight + index() * Long.BYTES);
            }
            BlockColumn values = columns[column];
            return values.storage == BlockColumn.LONGS ? values.longAt(index()) : values.intAt(index());
        }

        @Override
        protected double doubleAt(int column) {
            int straight = straightLongs[column];
            if (straight != BlockColumn.NONE) {
                return Double.longBitsToDouble(BlockBytes.longAt(bytes, straight + index() * Long.BYTES));
            }
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
            return ByteBuffer.wrap(bytes, entry + Integer.BYTES, BlockBytes.intAt(bytes, entry))
                    .slice();
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

        private String text(int entry) {
            return new String(bytes, entry + Integer.BYTES, BlockBytes.intAt(bytes, entry), StandardCharsets.UTF_8);
        }
    }
}
