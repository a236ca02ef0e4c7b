package io.weir.iotdb.protocol;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads one message out of its frame, in place. Every length is checked against what is left of the frame before anything
 * is read or allocated, and nesting is bounded, so that damaged bytes end in a PROTOCOL error and in nothing worse.
 *
 * <p>A struct is read as {@code beginStruct(); while (nextField()) { switch (fieldId()) { … default -> skip(); } }}.
 */
public abstract class ThriftInput {

    /** Real replies nest four deep; a status may carry sub-statuses, which may carry more. */
    private static final int MOST_LEVELS = 32;

    final ByteBuf in;
    private int levels;

    ThriftInput(ByteBuf frame) {
        this.in = frame;
    }

    abstract MessageHead message();

    /** Enters a struct; it ends when {@link #nextField()} answers false. */
    final void beginStruct() {
        if (++levels > MOST_LEVELS) {
            throw Malformed.error("structs and collections nest deeper than " + MOST_LEVELS + " levels", position());
        }
        enteredStruct();
    }

    /** Goes to the next field of the current struct; false at its end. */
    final boolean nextField() {
        if (readField()) {
            return true;
        }
        levels--;
        return false;
    }

    /** What a format has to remember when a struct begins; it ends with a {@link #readField()} that answers false. */
    void enteredStruct() {}

    abstract boolean readField();

    abstract int fieldId();

    abstract ThriftType fieldType();

    abstract boolean bool();

    final byte i8() {
        need(Byte.BYTES, "a byte");
        return in.readByte();
    }

    abstract short i16();

    abstract int i32();

    abstract long i64();

    abstract double float64();

    final String string() {
        int length = textLength();
        String text = in.toString(in.readerIndex(), length, StandardCharsets.UTF_8);
        in.skipBytes(length);
        return text;
    }

    /** The bytes where they lie: a view of the frame that shares its life. */
    final ByteBuf binary() {
        return in.readSlice(textLength());
    }

    private int textLength() {
        int start = position();
        int length = length();
        if (length < 0) {
            throw Malformed.error("a text of " + length + " bytes", start);
        }
        if (length > remaining()) {
            // Only here, because texts are what a frame has most of.
            need(length, "a text of " + length + " bytes");
        }
        return length;
    }

    /** The length of a text or of bytes, as it is written. */
    abstract int length();

    /** The number of elements of the list that begins here. */
    final int beginList(ThriftType element) {
        Collection list = anyList();
        expectElements(element, list.value(), list.size());
        return list.size();
    }

    /** The number of entries of the map that begins here. */
    final int beginMap(ThriftType key, ThriftType value) {
        Collection map = anyMap();
        if (map.key() != null) {
            expectElements(key, map.key(), map.size());
        }
        expectElements(value, map.value(), map.size());
        return map.size();
    }

    private void expectElements(ThriftType expected, ThriftType found, int size) {
        // The elements' type of an empty collection says nothing: some writers leave it out.
        if (size > 0 && found != expected) {
            throw Malformed.error("a collection of " + found + " where " + expected + " is expected", position());
        }
    }

    /** A collection whose types its header tells. */
    abstract Collection anyList();

    abstract Collection anyMap();

    /** Insists that so many elements can be in what is left of the frame. */
    final void checkSize(int size, int leastBytes) {
        if (size < 0 || (long) size * leastBytes > remaining()) {
            throw Malformed.error(
                    "a collection of " + size + " elements with " + remaining() + " bytes left", position());
        }
    }

    /** Where the reader stands in the frame, for error texts. */
    final int position() {
        return in.readerIndex();
    }

    final int remaining() {
        return in.readableBytes();
    }

    final void need(int bytes, String what) {
        if (in.readableBytes() < bytes) {
            throw Malformed.error(
                    "it ends where " + what + " is expected (" + in.readableBytes() + " bytes left)", position());
        }
    }

    /** Insists that the current field is of this type. */
    final void expect(ThriftType type) {
        if (fieldType() != type) {
            throw Malformed.error(
                    "field " + fieldId() + " is of type " + fieldType() + " where " + type + " is expected",
                    position());
        }
    }

    final boolean boolField() {
        expect(ThriftType.BOOL);
        return bool();
    }

    final int i32Field() {
        expect(ThriftType.I32);
        return i32();
    }

    final long i64Field() {
        expect(ThriftType.I64);
        return i64();
    }

    final String stringField() {
        expect(ThriftType.STRING);
        return string();
    }

    final List<String> stringsField() {
        expect(ThriftType.LIST);
        int size = beginList(ThriftType.STRING);
        List<String> texts = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            texts.add(string());
        }
        return texts;
    }

    /** Passes over the current field. */
    final void skip() {
        skip(fieldType());
    }

    private void skip(ThriftType type) {
        switch (type) {
            case BOOL -> bool();
            case I8 -> i8();
            case I16 -> i16();
            case I32 -> i32();
            case I64 -> i64();
            case DOUBLE -> float64();
            case STRING -> binary();
            case STRUCT -> {
                beginStruct();
                while (nextField()) {
                    skip();
                }
            }
            case LIST, SET -> skipElements(anyList());
            case MAP -> skipElements(anyMap());
        }
    }

    private void skipElements(Collection collection) {
        if (++levels > MOST_LEVELS) {
            throw Malformed.error("structs and collections nest deeper than " + MOST_LEVELS + " levels", position());
        }
        for (int i = 0; i < collection.size(); i++) {
            if (collection.key() != null) {
                skip(collection.key());
            }
            skip(collection.value());
        }
        levels--;
    }

    /**
     * A list, set or map about to be read.
     *
     * @param key the type of a map's keys; null for lists and sets
     */
    record Collection(@Nullable ThriftType key, ThriftType value, int size) {}
}
