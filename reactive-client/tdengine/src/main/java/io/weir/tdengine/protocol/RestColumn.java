package io.weir.tdengine.protocol;

import io.weir.core.TimePrecision;
import io.weir.core.WeirException;
import io.weir.tdengine.type.TdengineType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The values of one column in a page of a JSON answer, as they are in a block: read by the column's declared type. */
final class RestColumn {

    private static final int FIRST = 16;

    final ResultField field;
    private final BitSet nulls = new BitSet();
    /** Whole numbers, truth values, times, and floating numbers by their bits. */
    private long[] numbers = {};

    private @Nullable Object[] objects = {};

    RestColumn(ResultField field) {
        this.field = field;
    }

    // --- writing --------------------------------------------------------------------------------------------------

    void setNull(int row) {
        nulls.set(row);
    }

    /** Takes a value that is neither null nor a structure; returns how many characters or bytes it has at most. */
    int set(int row, JsonToken token, JsonParser parser, RestTimes times) {
        switch (field.type()) {
            case BOOL -> number(row, truth(token) ? 1 : 0);
            case TINYINT, SMALLINT, INT, BIGINT, TINYINT_UNSIGNED, SMALLINT_UNSIGNED, INT_UNSIGNED -> {
                require(token == JsonToken.VALUE_NUMBER_INT, token);
                number(row, parser.getLongValue());
            }
            case BIGINT_UNSIGNED -> {
                require(token == JsonToken.VALUE_NUMBER_INT, token);
                object(row, new BigDecimal(parser.getBigIntegerValue()));
            }
            // As a float first: then it is the same number as the one that travels in four bytes.
            case FLOAT -> number(row, Double.doubleToRawLongBits(Float.parseFloat(digits(token, parser))));
            case DOUBLE -> number(row, Double.doubleToRawLongBits(Double.parseDouble(digits(token, parser))));
            case DECIMAL, DECIMAL64 -> object(row, decimal(token, parser));
            case TIMESTAMP -> number(row, time(text(token, parser), times));
            case VARBINARY, BLOB, GEOMETRY -> object(row, bytes(text(token, parser)));
            case VARCHAR, NCHAR -> object(row, text(token, parser));
            case NULL, JSON -> throw unfit(token);
        }
        return token == JsonToken.VALUE_STRING ? parser.getStringLength() : Long.BYTES;
    }

    /** Takes the text of a value of type JSON. */
    void setText(int row, String json) {
        object(row, json);
    }

    private void number(int row, long value) {
        if (row >= numbers.length) {
            numbers = Arrays.copyOf(numbers, Math.max(FIRST, 2 * row));
        }
        numbers[row] = value;
    }

    private void object(int row, Object value) {
        if (row >= objects.length) {
            objects = Arrays.copyOf(objects, Math.max(FIRST, 2 * row));
        }
        objects[row] = value;
    }

    private boolean truth(JsonToken token) {
        require(token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE, token);
        return token == JsonToken.VALUE_TRUE;
    }

    private String digits(JsonToken token, JsonParser parser) {
        require(token == JsonToken.VALUE_NUMBER_FLOAT || token == JsonToken.VALUE_NUMBER_INT, token);
        return parser.getString();
    }

    private String text(JsonToken token, JsonParser parser) {
        require(token == JsonToken.VALUE_STRING, token);
        return parser.getString();
    }

    private BigDecimal decimal(JsonToken token, JsonParser parser) {
        String text = token == JsonToken.VALUE_STRING ? parser.getString() : digits(token, parser);
        try {
            BigDecimal value = new BigDecimal(text);
            return field.precision() == 0 ? value : value.setScale(field.scale(), RoundingMode.UNNECESSARY);
        } catch (ArithmeticException | NumberFormatException e) {
            throw unfit(token);
        }
    }

    private byte[] bytes(String hex) {
        try {
            return HexFormat.of().parseHex(hex);
        } catch (IllegalArgumentException e) {
            throw Malformed.error("Column '" + field.name() + "' is "
                    + field.type().sqlName() + ", which comes in hexadecimal digits, and here are others");
        }
    }

    private long time(String text, RestTimes times) {
        try {
            TimePrecision precision = times.precisionOf(text);
            return precision.toCount(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException | IllegalArgumentException e) {
            throw Malformed.error("Column '" + field.name() + "' has '" + text + "' for a time: " + e.getMessage());
        }
    }

    private void require(boolean fits, JsonToken token) {
        if (!fits) {
            throw unfit(token);
        }
    }

    WeirException unfit(JsonToken token) {
        return Malformed.error("Column '" + field.name() + "' is " + field.describe()
                + ", and the JSON value that came for it does not fit: " + token);
    }

    // --- reading --------------------------------------------------------------------------------------------------

    boolean isNull(int row) {
        return field.type() == TdengineType.NULL || nulls.get(row);
    }

    long longAt(int row) {
        return numbers[row];
    }

    double doubleAt(int row) {
        return Double.longBitsToDouble(numbers[row]);
    }

    @Nullable Object objectAt(int row) {
        return objects[row];
    }
}
