package io.weir.tdengine.protocol;

import io.weir.core.ResultPart;
import io.weir.core.WeirException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads the answer to a statement that was sent by itself: JSON, of which the rows become pages on the way. The database's
 * own names of types say what a value is.
 */
public final class RestAnswer {

    private final ZoneId zone;
    private final boolean asksForRows;

    private String member = "";
    /** How deep the token stands; the members of the answer stand at 1. */
    private int depth;

    private long code;
    private String text = "";
    private long said = -1;
    private final List<ResultField> fields = new ArrayList<>();
    private final RestMeta meta = new RestMeta();
    private @Nullable RestRows rows;
    private boolean paged;
    private boolean complete;

    /**
     * For one answer.
     *
     * @param sql what was asked
     * @param zone in which moments are shown
     */
    public RestAnswer(String sql, ZoneId zone) {
        this.zone = zone;
        this.asksForRows = SqlText.asksForRows(sql);
    }

    /**
     * Takes the next token.
     *
     * @return a page or a count that it completes
     * @throws WeirException the server's refusal, or of kind PROTOCOL
     */
    public @Nullable ResultPart token(JsonToken token, JsonParser parser) {
        if (token == JsonToken.PROPERTY_NAME && depth == 1) {
            member = parser.currentName();
            return null;
        }
        if (depth == 0 && token != JsonToken.START_OBJECT) {
            throw Malformed.error("The answer to a statement is JSON, but no object");
        }
        int before = depth;
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        if (depth == 0) {
            return end();
        }
        return switch (member) {
            case "column_meta" -> {
                meta.token(token, parser, Math.max(before, depth), fields);
                yield null;
            }
            case "data" -> data(token, parser, Math.max(before, depth));
            default -> {
                scalar(token, parser);
                yield null;
            }
        };
    }

    private void scalar(JsonToken token, JsonParser parser) {
        if (depth != 1) {
            return;
        }
        if (token == JsonToken.VALUE_NUMBER_INT && member.equals("code")) {
            code = parser.getLongValue();
        } else if (token == JsonToken.VALUE_NUMBER_INT && member.equals("rows")) {
            said = parser.getLongValue();
        } else if (token == JsonToken.VALUE_STRING && member.equals("desc")) {
            text = parser.getString();
        }
    }

    private @Nullable ResultPart data(JsonToken token, JsonParser parser, int level) {
        if (rows == null) {
            if (fields.isEmpty()) {
                throw Malformed.error("The answer to a statement has rows in front of the names of their columns");
            }
            rows = new RestRows(fields, zone);
        }
        if (level == 2) {
            return token == JsonToken.END_ARRAY ? lastPage(rows) : null;
        }
        if (level == 3 && !rows.isNested() && token.isStructStart()) {
            return null;
        }
        if (level == 3 && !rows.isNested() && token == JsonToken.END_ARRAY) {
            rows.endRow();
            return rows.isFull() && !isCount() ? page(rows) : null;
        }
        rows.value(token, parser);
        return null;
    }

    /** So that the reader of a result without rows learns its columns, there is an empty page. */
    private @Nullable ResultPart lastPage(RestRows last) {
        return isCount() || (last.isEmpty() && paged) ? null : page(last);
    }

    private ResultPart page(RestRows full) {
        paged = true;
        return full.page();
    }

    private @Nullable ResultPart end() {
        complete = true;
        if (code != 0) {
            throw ErrorCodes.error((int) code, text);
        }
        if (rows == null) {
            throw Malformed.error("The answer to a statement has neither rows nor a count nor an error");
        }
        if (said >= 0 && said != rows.all()) {
            throw Malformed.error(
                    "The answer to a statement says that it has " + said + " rows, there are " + rows.all());
        }
        if (!isCount()) {
            return null;
        }
        if (rows.all() != 1) {
            throw Malformed.error("A statement was counted " + rows.all() + " times");
        }
        return new ResultPart.Count(rows.page().row(0).getLong(0));
    }

    /** A count comes as a result of one value, and a query could have one just like it. */
    private boolean isCount() {
        return !asksForRows && fields.size() == 1 && fields.get(0).name().equals("affected_rows");
    }

    /** How many rows of a result there were; 0 for a count. */
    public long rows() {
        return rows == null || isCount() ? 0 : rows.all();
    }

    /** Whether the answer was read to its end. */
    public boolean isComplete() {
        return complete;
    }
}
