package io.weir.server.tdengine.session;

import io.weir.server.tdengine.block.Column;
import io.weir.server.tdengine.manner.Hint;
import io.weir.server.tdengine.manner.Manner;
import io.weir.server.tdengine.sql.Answer;
import io.weir.server.tdengine.sql.SqlSession;
import io.weir.server.tdengine.sql.TaosError;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** query, binary_query and validate_sql. */
final class QueryActions {

    private static final int REJECTED = 0xfffd;

    private final WsSession session;
    private final Adapter adapter;
    private final Results results;

    QueryActions(WsSession session, Adapter adapter, Results results) {
        this.session = session;
        this.adapter = adapter;
        this.results = results;
    }

    void register(Map<String, Handler> actions) {
        actions.put("query", request -> run(request, request.args().text("sql")));
        actions.put("binary_query", request -> run(request, sql(request)));
        actions.put("validate_sql", this::validate);
    }

    private static String sql(Request request) {
        ByteBuffer body = request.body();
        if (body.remaining() < 7) {
            throw TaosError.adapter("message length is too short");
        }
        int version = body.getShort() & 0xffff;
        if (version != 1) {
            throw TaosError.adapter("unknown binary query version:" + version);
        }
        int length = body.getInt();
        if (length < 0 || length > body.remaining()) {
            throw TaosError.adapter("uncompleted message, sql length:" + Integer.toUnsignedString(length)
                    + ", remainMessageLength:" + body.remaining());
        }
        byte[] text = new byte[length];
        body.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }

    private void run(Request request, String sql) {
        Hint hint = Hint.of(sql);
        reject(sql);
        if (hint.is("dumb")) {
            session.socket().fallSilent();
        }
        if (session.dropsAt("query") || hint.asks("drop", "query")) {
            session.socket().close();
            return;
        }
        SqlSession connected = session.connected();
        adapter.counters().ran();
        Runnable slot = adapter.limiter().enter(sql);
        Answer answer;
        try {
            answer = connected.run(sql, request.requestId());
        } catch (RuntimeException e) {
            slot.run();
            throw e;
        }
        if (session.dropsAt("answer") || hint.asks("drop", "answer")) {
            slot.run();
            session.socket().close();
        } else if (answer instanceof Answer.Rows rows) {
            OpenResult result = results.add(rows, hint, slot);
            request.send(describe(
                    request.ok()
                            .with("id", result.id())
                            .with("is_update", false)
                            .with("affected_rows", 0),
                    rows,
                    "fields_count"));
        } else if (answer instanceof Answer.Update update) {
            slot.run();
            request.send(request.ok()
                    .with("id", 0)
                    .with("is_update", true)
                    .with("affected_rows", update.affected())
                    .with("fields_count", 0)
                    .with("fields_names", null)
                    .with("fields_types", null)
                    .with("fields_lengths", null)
                    .with("precision", 0)
                    .with("fields_precisions", null)
                    .with("fields_scales", null));
        }
    }

    private void reject(String sql) {
        String pattern = adapter.manners().text(Manner.REJECT_SQL);
        boolean writes = sql.stripLeading().regionMatches(true, 0, "insert", 0, 6);
        if (!pattern.isEmpty()
                && !writes
                && Pattern.compile(pattern, Pattern.CASE_INSENSITIVE)
                        .matcher(sql)
                        .find()) {
            throw new TaosError(REJECTED, "reject sql");
        }
    }

    /** Columns as all answers about results have them. */
    Reply describe(Reply reply, Answer.Rows rows, String countName) {
        List<Object> names = new ArrayList<>();
        List<Object> types = new ArrayList<>();
        List<Object> lengths = new ArrayList<>();
        List<Object> precisions = new ArrayList<>();
        List<Object> scales = new ArrayList<>();
        for (Column column : rows.columns()) {
            names.add(column.name());
            types.add(column.type().kind().number());
            lengths.add(column.type().length());
            precisions.add(column.type().precision());
            scales.add(column.type().scale());
        }
        reply.with(countName, names.size())
                .with("fields_names", names)
                .with("fields_types", types)
                .with("fields_lengths", lengths)
                .with("precision", rows.precision().number());
        if (adapter.manners().is(Manner.FIELD_SCALES)) {
            reply.with("fields_precisions", precisions).with("fields_scales", scales);
        }
        return reply;
    }

    private void validate(Request request) {
        long code = 0;
        try {
            session.connected().validate(sql(request));
        } catch (TaosError e) {
            if (e.code() == TaosError.ADAPTER) {
                throw e;
            }
            code = (int) (0x80000000L | e.code());
        }
        request.send(request.ok().with("result_code", code));
    }
}
