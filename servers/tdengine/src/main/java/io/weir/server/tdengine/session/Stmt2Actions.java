package io.weir.server.tdengine.session;

import io.weir.server.tdengine.manner.Hint;
import io.weir.server.tdengine.manner.Manner;
import io.weir.server.tdengine.sql.Answer;
import io.weir.server.tdengine.sql.BoundColumn;
import io.weir.server.tdengine.sql.Field;
import io.weir.server.tdengine.sql.Precision;
import io.weir.server.tdengine.sql.Prepared;
import io.weir.server.tdengine.sql.TaosError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** stmt2: prepared statements with bound columns. */
final class Stmt2Actions {

    private static final int BIND_BODY = 6;
    private static final int BIND_EXEC_BODY = 2;

    private final WsSession session;
    private final Adapter adapter;
    private final Results results;
    private final QueryActions queries;
    private final Map<Long, OpenStatement> statements = new ConcurrentHashMap<>();
    private final AtomicLong lastId = new AtomicLong();

    Stmt2Actions(WsSession session, Adapter adapter, Results results, QueryActions queries) {
        this.session = session;
        this.adapter = adapter;
        this.results = results;
        this.queries = queries;
    }

    void register(Map<String, Handler> actions) {
        actions.put("stmt2_init", this::init);
        add(actions, "stmt2_prepare", Stmt2Actions::idOfText, this::prepare);
        add(actions, "stmt2_bind", Request::resultOrStatement, Stmt2Actions::checkBind, this::bind);
        add(actions, "stmt2_bind_exec", Request::resultOrStatement, this::checkBindExec, this::bindExec);
        add(actions, "stmt2_exec", Stmt2Actions::idOfText, this::exec);
        add(actions, "stmt2_result", Stmt2Actions::idOfText, this::result);
        actions.put("stmt2_close", this::close);
    }

    private interface StatementHandler {
        void handle(Request request, OpenStatement statement);
    }

    /** Answers of stmt2 name the statement, those about errors too. */
    private void add(
            Map<String, Handler> actions, String name, ToLongFunction<Request> idOf, StatementHandler handler) {
        add(actions, name, idOf, request -> {}, handler);
    }

    /** With a check of the message that comes before the statement is looked for. */
    private void add(
            Map<String, Handler> actions,
            String name,
            ToLongFunction<Request> idOf,
            Consumer<Request> check,
            StatementHandler handler) {
        actions.put(name, request -> {
            long id = idOf.applyAsLong(request);
            try {
                check.accept(request);
                OpenStatement statement = statements.get(id);
                if (statement == null) {
                    throw TaosError.adapter("stmt2 is nil");
                }
                handler.handle(request, statement);
            } catch (TaosError e) {
                request.send(Reply.error(e.code(), e.text(), request.action(), request.requestId(), request.nanos())
                        .with("stmt_id", Reply.unsigned(id)));
            }
        });
    }

    private static void checkBind(Request request) {
        checkVersion(request, BIND_BODY, "unknown stmt2 bind version");
        // The number of the column, which always says that it is all of them.
        request.body().getInt();
    }

    private void checkBindExec(Request request) {
        if (Version.of(adapter.manners().text(Manner.VERSION)).isBefore(3, 4, 1, 13)) {
            // An older adapter does not know the number, and so not the statement either.
            throw TaosError.adapter("unknown binary action 11");
        }
        checkVersion(request, BIND_EXEC_BODY, "unknown stmt2 bind exec version");
    }

    private static void checkVersion(Request request, int least, String otherwise) {
        if (request.body().remaining() < least) {
            throw TaosError.adapter("message length is too short");
        } else if (request.body().getShort() != 1) {
            throw TaosError.adapter(otherwise);
        }
    }

    private static long idOfText(Request request) {
        return request.args().id("stmt_id");
    }

    private void init(Request request) {
        OpenStatement statement = new OpenStatement(lastId.incrementAndGet());
        statements.put(statement.id(), statement);
        adapter.counters().openStatements.incrementAndGet();
        adapter.counters().prepared.incrementAndGet();
        request.send(request.ok().with("stmt_id", statement.id()));
    }

    private void prepare(Request request, OpenStatement statement) {
        if (session.dropsAt("prepare")) {
            session.socket().close();
            return;
        }
        Prepared prepared = Prepared.of(session.connected(), request.args().text("sql"));
        statement.prepare(prepared);
        boolean wanted = request.args().flag("get_fields");
        List<Field> fields = wanted ? prepared.fields() : null;
        request.send(request.ok()
                .with("stmt_id", statement.id())
                .with("is_insert", prepared.isInsert())
                .with("fields", fields == null ? null : describe(fields))
                .with("fields_count", wanted ? prepared.marks() : 0));
    }

    private static List<Object> describe(List<Field> fields) {
        List<Object> all = new ArrayList<>();
        for (Field field : fields) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("name", field.column().name());
            one.put("field_type", field.column().type().kind().number());
            one.put("precision", field.precision());
            one.put("scale", field.column().type().scale());
            one.put("bytes", field.bytes());
            one.put("bind_type", field.kind().number());
            all.add(one);
        }
        return all;
    }

    private void bind(Request request, OpenStatement statement) {
        if (session.dropsAt("bind")) {
            session.socket().close();
            return;
        }
        statement.prepared().bind(BindPayload.read(request.body()));
        request.send(request.ok().with("stmt_id", statement.id()));
    }

    private void bindExec(Request request, OpenStatement statement) {
        if (session.dropsAt("bind")) {
            session.socket().close();
            return;
        }
        List<BoundColumn> columns = BindExecPayload.read(request.body());
        Prepared prepared = statement.prepared();
        if (!prepared.isInsert() && columns.get(0).values().size() != 1) {
            throw TaosError.adapter("query only supports one row");
        }
        prepared.bindColumns(columns);
        exec(request, statement);
    }

    private void exec(Request request, OpenStatement statement) {
        if (session.dropsAt("exec")) {
            session.socket().close();
            return;
        }
        adapter.counters().ran();
        int affected = statement.execute();
        if (session.dropsAt("executed")) {
            session.socket().close();
            return;
        }
        request.send(request.ok().with("stmt_id", statement.id()).with("affected", affected));
    }

    private void result(Request request, OpenStatement statement) {
        if (!statement.isPrepared()) {
            throw TaosError.adapter("result is nil");
        } else if (statement.prepared().isInsert()) {
            throw TaosError.adapter("stmt is insert, no result set");
        }
        Answer.@Nullable Rows rows = statement.rows();
        // After a failed execution the real adapter answers all the same: an id, and no columns.
        Answer.Rows found = rows == null ? new Answer.Rows(List.of(), Precision.MILLIS, () -> null) : rows;
        OpenResult result = results.add(found, Hint.of(""), () -> {});
        request.send(queries.describe(
                request.ok().with("stmt_id", statement.id()).with("id", result.id()), found, "fields_count"));
    }

    private void close(Request request) {
        long id = request.args().id("stmt_id");
        if (statements.remove(id) != null) {
            adapter.counters().openStatements.decrementAndGet();
        }
        request.send(request.ok().with("stmt_id", Reply.unsigned(id)));
    }

    void closeAll() {
        adapter.counters().openStatements.addAndGet(-statements.size());
        statements.clear();
    }
}
