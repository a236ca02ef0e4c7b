package io.weir.tdengine.protocol;

import io.weir.core.TimePrecision;
import io.weir.tdengine.type.StatementField;
import io.weir.tdengine.type.StatementField.Role;
import io.weir.tdengine.type.TdengineType;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What the server knows of a prepared statement.
 *
 * @param insert whether it writes
 * @param count of its placeholders
 * @param fields one for each placeholder of a write; empty for a query, whose values the caller gives types
 */
public record PreparedAnswer(boolean insert, int count, List<StatementField> fields) {

    private static final Role[] ROLES = {Role.COLUMN, Role.TAG, Role.QUERY, Role.TABLE_NAME};

    /** Reads the answer to a prepare. */
    public static PreparedAnswer of(JsonAnswer answer) {
        JsonNode described = answer.node("fields");
        List<StatementField> fields = new ArrayList<>(described.size());
        for (int i = 0; i < described.size(); i++) {
            fields.add(field(described.path(i), i));
        }
        return new PreparedAnswer(answer.truth("is_insert"), (int) answer.number("fields_count"), fields);
    }

    private static StatementField field(JsonNode field, int index) {
        long role = JsonAnswer.number(field.path("bind_type"));
        if (role < 1 || role > ROLES.length) {
            throw Malformed.error("Placeholder " + index + " is of kind " + role + "; known are 1 to " + ROLES.length);
        }
        TdengineType type = QueryAnswer.type(JsonAnswer.number(field.path("field_type")), index);
        int precision = (int) JsonAnswer.number(field.path("precision"));
        boolean moment = type == TdengineType.TIMESTAMP;
        JsonNode name = field.path("name");
        return new StatementField(
                name.isString() ? name.stringValue() : "",
                type,
                moment ? QueryAnswer.precision(precision) : TimePrecision.MILLISECONDS,
                moment ? 0 : precision,
                (int) JsonAnswer.number(field.path("scale")),
                (int) JsonAnswer.number(field.path("bytes")),
                ROLES[(int) role - 1]);
    }
}
