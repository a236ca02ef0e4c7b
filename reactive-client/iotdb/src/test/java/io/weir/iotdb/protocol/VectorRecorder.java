package io.weir.iotdb.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.weir.core.TimePrecision;
import io.weir.iotdb.type.DeviceRow;
import io.weir.iotdb.type.IotdbType;
import io.weir.iotdb.type.Tablet;
import io.weir.iotdb.type.TabletContent;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Records golden vectors from a real server: {@code VectorRecorder <port> <folder> binary|compact}. Each file holds a call ({@code >})
 * and its reply ({@code <}), lengths included. Run by hand when a new server version is to be witnessed.
 */
final class VectorRecorder implements AutoCloseable {

    private final Socket socket;
    private final DataInputStream in;
    private final ThriftFormat format;
    private final Path folder;
    private final String version;
    private int sequence;
    private long session;
    private long statement;

    private VectorRecorder(int port, ThriftFormat format, Path folder) throws IOException {
        this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
        this.in = new DataInputStream(socket.getInputStream());
        this.format = format;
        this.folder = folder;
        this.version = call(new GetProperties()).version();
    }

    public static void main(String[] args) throws IOException {
        int port = Integer.parseInt(args[0]);
        ThriftFormat format = ThriftFormat.valueOf(args[2].toUpperCase(Locale.ROOT));
        Path folder = Files.createDirectories(Path.of(args[1]).resolve(args[2]));
        try (VectorRecorder recorder = new VectorRecorder(port, format, folder)) {
            recorder.withoutLogin();
            recorder.table();
        }
        try (VectorRecorder recorder = new VectorRecorder(port, format, folder)) {
            recorder.tree();
            recorder.writes();
        }
    }

    private void withoutLogin() throws IOException {
        record("properties", new GetProperties());
        record("ping", new TestConnection());
        record("login-wrong-password", new OpenSession("+00:00", "root", "wrong", Map.of("sql_dialect", "table")));
        record("login-unknown-dialect", new OpenSession("+00:00", "root", "root", Map.of("sql_dialect", "graph")));
        record("not-logged-in", new ExecuteStatement(new QueryHead(1, 1, 10, 1000), "show databases"));
        record("unknown-method", new Unknown());
    }

    private void table() throws IOException {
        login("table");
        record("zone", new GetTimeZone(session));
        record("zone-unknown", new SetTimeZone(session, "Middle/Earth"));
        execute("drop database if exists vec");
        execute("create database vec");
        record("table-use", statement("use vec"));
        execute("create table kinds(tag string tag, attr string attribute, i int32 field, l int64 field, f float field,"
                + " d double field, b boolean field, t text field, s string field, bin blob field, da date field,"
                + " ts timestamp field, empty text field)");
        execute("insert into kinds(time, tag, attr, i, l, f, d, b, t, s, bin, da, ts) values"
                + " (1, 'x', 'A', -2147483648, -9223372036854775808, 1.5, -0.0, true, 'ä😀''', '', X'00ff', '1000-01-01', -1),"
                + " (2, 'x', 'A', null, 2, null, 2.5, null, null, 's', null, '9999-12-31', null),"
                + " (3, 'x', 'A', 2147483647, null, -1.4E-45, null, false, 't', null, X'', null, 9),"
                + " (4, 'x', 'A', 4, 4, 4.0, 4.9E-324, true, 'four', 'vier', X'04', '2024-02-29', 4)");
        execute("insert into kinds(time, tag, i) values (5, 'y', 5), (6, 'y', null), (7, 'y', 7)");
        record("table-all-types", statement("select * from kinds order by time"));
        record("table-all-null-column", statement("select time, empty from kinds where tag = 'x'"));
        record("table-duplicate-columns", statement("select i as a, l as a, i from kinds where tag = 'x'"));
        record("table-aggregate", statement("select tag, count(i), max(d) from kinds group by tag order by tag"));
        record("table-no-rows", statement("select * from kinds where time > 100"));
        record("table-unknown-table", statement("select * from nowhere"));
        record("table-syntax-error", statement("selec"));
        for (int i = 0; i < 3; i++) {
            StringBuilder sql = new StringBuilder("insert into kinds(time, tag, l, b) values ");
            for (int row = 0; row < 40; row++) {
                int n = 1000 + 40 * i + row;
                sql.append(row == 0 ? "" : ", ")
                        .append('(')
                        .append(n)
                        .append(", 'z")
                        .append(i)
                        .append("', ")
                        .append(row % 3 == 0 ? "null" : n);
                sql.append(", ").append(row % 2 == 0).append(')');
            }
            execute(sql.toString());
        }
        Executed first = record(
                "table-first-of-many",
                new ExecuteStatement(
                        new QueryHead(session, statement, 40, 60_000),
                        "select time, l, b from kinds where time >= 1000"));
        FetchResults fetch = new FetchResults(session, statement, first.queryId(), 40, 60_000);
        record("table-fetch", fetch);
        while (call(fetch).moreData()) {}
        record("table-fetch-of-nothing", fetch);
        record("close-operation", new CloseOperation(session, statement, first.queryId()));
        execute("drop database vec");
        record("close-session", new CloseSession(session));
    }

    private void tree() throws IOException {
        login("tree");
        call(statement("delete database root.vec"));
        execute("create database root.vec");
        execute("create aligned timeseries root.vec.d(i INT32, t TEXT, b BOOLEAN, da DATE)");
        execute(
                "insert into root.vec.d(time, i, t, b) aligned values (1, 10, 'a', true), (2, null, 'b', null), (3, 30, null, false)");
        record("tree-select", statement("select i, t, b, da, i from root.vec.d"));
        record("tree-last", statement("select last i, t from root.vec.d"));
        record("tree-count", statement("select count(i) from root.vec.d"));
        record("tree-unknown-path", statement("select * from root.nowhere.**"));
        record("tree-show-version", statement("show version"));
        execute("delete database root.vec");
    }

    private void writes() throws IOException {
        execute("create database root.vecw");
        execute("create timeseries root.vecw.wrong.v INT32");
        Tablet good = Tablet.ofDevice("root.vecw.good")
                .column("v", IotdbType.DOUBLE)
                .column("t", IotdbType.TEXT)
                .build();
        good.row(2).set(0, 2.5);
        good.row(1).set(0, 1.5).set(1, "one");
        Tablet wrong =
                Tablet.ofDevice("root.vecw.wrong").column("v", IotdbType.TEXT).build();
        wrong.row(1).set(0, "text");
        try (TabletContent first = good.content();
                TabletContent second = wrong.content()) {
            record("insert-tablet", InsertTablet.of(session, first, 0, 1 << 20).get(0));
            record(
                    "insert-tablet-refused",
                    InsertTablet.of(session, second, 0, 1 << 20).get(0));
            record("insert-tablets-one-refused", new InsertTablets(session, List.of(first, second, first)));
        }
        record(
                "insert-records-one-refused",
                new InsertRecords(
                        session,
                        InsertRecords.Form.MANY,
                        List.of(row("root.vecw.good", 3.5), row("root.vecw.wrong", 3.5))));
        record(
                "insert-record",
                new InsertRecords(session, InsertRecords.Form.ONE, List.of(row("root.vecw.good", 4.5))));
        execute("delete database root.vecw");
    }

    private static RowBytes row(String device, double value) {
        return RowBytes.of(DeviceRow.of(device, 3).set("v", value), TimePrecision.MILLISECONDS);
    }

    private void login(String dialect) throws IOException {
        OpenSession login = new OpenSession("+00:00", "root", "root", Map.of("sql_dialect", dialect));
        session = record("login-" + dialect, login).sessionId();
        statement = record("statement-id", new RequestStatementId(session));
    }

    private ExecuteStatement statement(String sql) {
        return new ExecuteStatement(new QueryHead(session, statement, 1000, 60_000), sql);
    }

    private void execute(String sql) throws IOException {
        Status status = call(statement(sql)).status();
        if (!status.isSuccess()) {
            throw new IllegalStateException(sql + ": " + status.toError().getMessage());
        }
    }

    private <T> T call(Request<T> request) throws IOException {
        return Calls.read(Unpooled.wrappedBuffer(exchange(encode(request))), format, sequence, request);
    }

    private <T> T record(String name, Request<T> request) throws IOException {
        byte[] call = encode(request);
        byte[] reply = exchange(call);
        ByteBuf framed = Unpooled.buffer().writeInt(reply.length).writeBytes(reply);
        Map<String, String> lines = new LinkedHashMap<>();
        lines.put(">", ByteBufUtil.hexDump(call));
        lines.put("<", ByteBufUtil.hexDump(framed));
        StringBuilder text = new StringBuilder("# IoTDB " + version + ": " + request + "\n");
        lines.forEach((mark, hex) -> text.append(mark).append(' ').append(hex).append('\n'));
        Files.writeString(folder.resolve(version + "-" + name + ".hex"), text);
        if (request instanceof Unknown) {
            return request.readValue(null);
        }
        return Calls.read(Unpooled.wrappedBuffer(reply), format, sequence, request);
    }

    private byte[] encode(Request<?> request) {
        ByteBuf frame = Unpooled.buffer();
        Calls.write(frame, format, ++sequence, request);
        return ByteBufUtil.getBytes(frame);
    }

    private byte[] exchange(byte[] call) throws IOException {
        socket.getOutputStream().write(call);
        byte[] reply = new byte[in.readInt()];
        in.readFully(reply);
        return reply;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** A call that no server has. */
    private record Unknown() implements Request<Boolean> {
        @Override
        public String method() {
            return "makeCoffee";
        }

        @Override
        public void writeArguments(ThriftOutput out) {}

        @Override
        public Boolean readValue(ThriftInput in) {
            return true;
        }
    }
}
