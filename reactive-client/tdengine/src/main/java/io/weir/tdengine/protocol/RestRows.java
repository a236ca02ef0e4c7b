package io.weir.tdengine.protocol;

import io.weir.core.Page;
import io.weir.core.WeirException;
import io.weir.core.page.PageShape;
import io.weir.tdengine.type.TdengineType;
import java.io.StringWriter;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Collects the rows of a JSON answer, value by value, until there are enough of them for a page. */
final class RestRows {

    private static final int ROWS = 1024;
    private static final int CHARACTERS = 512 * 1024;
    private static final JsonFactory FACTORY = new JsonFactory();

    private final List<ResultField> fields;
    private final ZoneId zone;
    private final RestTimes times = new RestTimes();
    private @Nullable PageShape shape;
    private RestColumn[] columns;
    private int rows;
    private int column;
    private int characters;
    private long all;

    private @Nullable StringWriter nested;
    private @Nullable JsonGenerator copy;
    private int depth;

    RestRows(List<ResultField> fields, ZoneId zone) {
        this.fields = fields;
        this.zone = zone;
        this.columns = fresh(fields);
    }

    private static RestColumn[] fresh(List<ResultField> fields) {
        return fields.stream().map(RestColumn::new).toArray(RestColumn[]::new);
    }

    /** Takes one token of a row, behind its bracket. */
    void value(JsonToken token, JsonParser parser) {
        if (copy != null) {
            nest(copy, token, parser);
            return;
        }
        if (column == columns.length) {
            throw row("more than");
        }
        RestColumn target = columns[column];
        if (token == JsonToken.VALUE_NULL) {
            target.setNull(rows);
            column++;
        } else if (target.field.type() == TdengineType.JSON) {
            nested = new StringWriter();
            copy = FACTORY.createGenerator(ObjectWriteContext.empty(), nested);
            nest(copy, token, parser);
        } else {
            characters += target.set(rows, token, parser, times);
            column++;
        }
    }

    /** Whether the values of the row are not at their end yet, whatever brackets come. */
    boolean isNested() {
        return copy != null;
    }

    private void nest(JsonGenerator into, JsonToken token, JsonParser parser) {
        into.copyCurrentEventExact(parser);
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        if (depth == 0 && nested != null) {
            into.close();
            String json = nested.toString();
            columns[column++].setText(rows, json);
            characters += json.length();
            nested = null;
            copy = null;
        }
    }

    void endRow() {
        if (column < columns.length) {
            throw row("only " + column + " of");
        }
        column = 0;
        rows++;
        all++;
    }

    private WeirException row(String some) {
        return Malformed.error("Row " + all + " of a JSON answer has " + some + " the " + columns.length
                + " values that its columns ask for");
    }

    boolean isFull() {
        return rows == ROWS || characters > CHARACTERS;
    }

    boolean isEmpty() {
        return rows == 0;
    }

    /** How many rows there were in all pages. */
    long all() {
        return all;
    }

    /** The rows since the last page. */
    Page page() {
        Page page = new RestPage(shape(), rows, columns);
        columns = fresh(fields);
        rows = 0;
        characters = 0;
        return page;
    }

    /** Anew only if a page without times came before those with the first one. */
    private PageShape shape() {
        PageShape known = shape;
        if (known == null || known.unit() != times.precision().unit()) {
            known = ResultLayout.of(fields, times.precision(), zone).shape();
            shape = known;
        }
        return known;
    }
}
