package io.weir.tdengine.protocol;

import io.weir.tdengine.type.TdengineType;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads the columns of a JSON answer: a name, a type as SQL spells it, a length. */
final class RestMeta {

    private static final Pattern SIZED =
            Pattern.compile("([A-Za-z0-9 ]+?) *(?:\\( *(\\d{1,6}) *(?:, *(\\d{1,6}) *)?\\))?");

    private String name = "";
    private String type = "";
    private long length;
    private int position;

    /**
     * Takes the next token.
     *
     * @param level 2 for the brackets around all columns, 3 for those of a column and what is in them
     */
    void token(JsonToken token, JsonParser parser, int level, List<ResultField> fields) {
        if (level < 3) {
            return;
        }
        if (token == JsonToken.END_ARRAY) {
            fields.add(field(name, type, length, fields.size()));
            position = 0;
        } else if (token != JsonToken.START_ARRAY) {
            value(token, parser, fields.size());
        }
    }

    private void value(JsonToken token, JsonParser parser, int column) {
        boolean fits = position < 2 ? token == JsonToken.VALUE_STRING : token == JsonToken.VALUE_NUMBER_INT;
        if (!fits) {
            throw Malformed.error("Column " + column + " of a JSON answer is no list of a name, a type and a length");
        }
        switch (position++) {
            case 0 -> name = parser.getString();
            case 1 -> type = parser.getString();
            case 2 -> length = parser.getLongValue();
            // What newer servers may tell besides.
            default -> {}
        }
    }

    private static ResultField field(String name, String spelled, long length, int column) {
        Matcher matcher = SIZED.matcher(spelled);
        TdengineType type = matcher.matches() ? TdengineType.ofName(matcher.group(1)) : null;
        if (type == null) {
            throw Malformed.error("Column " + column + " has type '" + spelled + "', which is unknown");
        }
        if (!type.isDecimal() || matcher.group(3) == null) {
            return new ResultField(name, type, length, 0, 0);
        }
        return new ResultField(
                name, type, length, Integer.parseInt(matcher.group(2)), Integer.parseInt(matcher.group(3)));
    }
}
