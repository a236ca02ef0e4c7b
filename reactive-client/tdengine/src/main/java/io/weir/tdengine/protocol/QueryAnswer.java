package io.weir.tdengine.protocol;

import io.weir.core.TimePrecision;
import io.weir.core.WeirException;
import io.weir.tdengine.type.TdengineType;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What a statement has led to: a count of rows, or a result to be fetched.
 *
 * @param update whether there is no result
 * @param affectedRows of an update
 * @param resultId to fetch by; 0 for an update
 * @param fields of the result; empty for an update
 * @param precision what the result's times count
 */
public record QueryAnswer(
        boolean update, long affectedRows, long resultId, List<ResultField> fields, TimePrecision precision) {

    /**
     * Reads the answer to a query.
     *
     * @throws WeirException of kind PROTOCOL if fields are missing that every server sends
     */
    public static QueryAnswer ofQuery(JsonAnswer answer) {
        if (answer.truth("is_update")) {
            return new QueryAnswer(true, answer.number("affected_rows"), 0, List.of(), TimePrecision.MILLISECONDS);
        }
        return ofResult(answer);
    }

    /** Reads the answer to the question for a prepared query's result. */
    public static QueryAnswer ofResult(JsonAnswer answer) {
        JsonNode names = answer.node("fields_names");
        JsonNode types = answer.node("fields_types");
        JsonNode lengths = answer.node("fields_lengths");
        // Servers before 3.3.6 have no decimals, and do not send these two.
        JsonNode precisions = answer.node("fields_precisions");
        JsonNode scales = answer.node("fields_scales");
        long count = answer.number("fields_count");
        if (count <= 0 || names.size() != count || types.size() != count) {
            throw Malformed.error("A result is said to have " + count + " columns, there are " + names.size()
                    + " names and " + types.size() + " types for them");
        }
        List<ResultField> fields = new ArrayList<>((int) count);
        for (int i = 0; i < count; i++) {
            JsonNode name = names.path(i);
            fields.add(new ResultField(
                    name.isString() ? name.stringValue() : "",
                    type(JsonAnswer.number(types.path(i)), i),
                    JsonAnswer.number(lengths.path(i)),
                    (int) JsonAnswer.number(precisions.path(i)),
                    (int) JsonAnswer.number(scales.path(i))));
        }
        return new QueryAnswer(false, 0, answer.number("id"), fields, precision(answer.number("precision")));
    }

    static TdengineType type(long code, int column) {
        TdengineType type = TdengineType.ofCode((int) Math.max(-1, Math.min(code, Integer.MAX_VALUE)));
        if (type == null) {
            throw Malformed.error("Column " + column + " has type " + code + ", which is unknown");
        }
        return type;
    }

    static TimePrecision precision(long number) {
        TimePrecision[] known = TimePrecision.values();
        if (number < 0 || number >= known.length) {
            throw Malformed.error("Times are said to have precision " + number + "; known are 0 (ms), 1 (us), 2 (ns)");
        }
        return known[(int) number];
    }
}
