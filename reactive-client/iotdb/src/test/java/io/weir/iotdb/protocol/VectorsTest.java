package io.weir.iotdb.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.weir.core.Column;
import io.weir.core.ErrorKind;
import io.weir.core.TimePrecision;
import io.weir.core.WeirException;
import io.weir.iotdb.type.IotdbType;
import io.weir.iotdb.type.Tablet;
import io.weir.testkit.guard.TrackedBuffers;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the real server said, byte for byte; and what becomes of it when bytes are missing or wrong. */
class VectorsTest {

    /** The call that was recorded, made anew with the ids that the recording had. */
    private static Request<?> requestOf(Vectors vector) {
        String name = vector.name().replaceAll(".*-beta-", "");
        return switch (name) {
            case "properties" -> new GetProperties();
            case "ping" -> new TestConnection();
            case "zone" -> new GetTimeZone(0);
            case "zone-unknown" -> new SetTimeZone(0, "");
            case "statement-id" -> new RequestStatementId(0);
            case "close-operation" -> new CloseOperation(0, 0, 0);
            case "close-session" -> new CloseSession(0);
            case "table-fetch", "table-fetch-of-nothing" -> new FetchResults(0, 0, 0, 0, 0);
            case "insert-tablet", "insert-tablet-refused" -> tablet(0);
            case "insert-tablets-one-refused" -> new InsertTablets(0, List.of());
            case "insert-record" -> new InsertRecords(0, InsertRecords.Form.ONE, List.of());
            case "insert-records-one-refused" -> new InsertRecords(0, InsertRecords.Form.MANY, List.of());
            case "unknown-method" -> new Coffee();
            default ->
                name.startsWith("login")
                        ? new OpenSession("", "", "", Map.of())
                        : new ExecuteStatement(new QueryHead(0, 0, 0, 0), "");
        };
    }

    /** The tablet that was recorded. */
    private static InsertTablet tablet(long session) {
        Tablet tablet = Tablet.ofDevice("root.vecw.good")
                .column("v", IotdbType.DOUBLE)
                .column("t", IotdbType.TEXT)
                .build();
        tablet.row(2).set(0, 2.5);
        tablet.row(1).set(0, 1.5).set(1, "one");
        return InsertTablet.of(session, tablet.content(), 0, 1 << 20).get(0);
    }

    @ParameterizedTest
    @EnumSource(ThriftFormat.class)
    void aTabletIsWrittenAsTheServerTookIt(ThriftFormat format) {
        Vectors vector = Vectors.of(format, "insert-tablet");
        ThriftInput in = format.input(
                Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(vector.call())).skipBytes(Integer.BYTES));
        int number = in.message().sequence();
        in.beginStruct();
        in.nextField();
        in.beginStruct();
        in.nextField();
        ByteBuf again = Unpooled.buffer();
        Calls.write(again, format, number, tablet(in.i64()));
        assertThat(ByteBufUtil.hexDump(again)).isEqualTo(vector.call());
    }

    @ParameterizedTest
    @EnumSource(ThriftFormat.class)
    void aRefusedWriteTellsItsReasonButNotWhichPartsWereWritten(ThriftFormat format) {
        VectorsTest.<Status>read(
                format,
                "insert-tablet",
                status -> assertThat(status.isSuccess()).isTrue());
        VectorsTest.<Status>read(
                format,
                "insert-record",
                status -> assertThat(status.isSuccess()).isTrue());
        for (String name :
                List.of("insert-tablet-refused", "insert-tablets-one-refused", "insert-records-one-refused")) {
            VectorsTest.<Status>read(format, name, status -> {
                assertThat(status.code()).isEqualTo(507);
                assertThat(status.isRejection()).isFalse();
                assertThat(status.message()).contains("root.vecw.wrong.v");
                assertThat(status.subStatus()).isEmpty();
            });
        }
    }

    @SuppressWarnings("unchecked") // the caller knows what the vector holds
    private static <T> void read(ThriftFormat format, String name, Consumer<T> check) {
        Vectors vector = Vectors.of(format, name);
        ByteBuf frame = TrackedBuffers.of(vector.message());
        try {
            check.accept((T) Calls.read(frame, vector.format(), sequence(vector), requestOf(vector)));
        } finally {
            frame.release();
        }
    }

    private static int sequence(Vectors vector) {
        ByteBuf call =
                Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(vector.call())).skipBytes(Integer.BYTES);
        return vector.format().input(call).message().sequence();
    }

    @ParameterizedTest
    @EnumSource(ThriftFormat.class)
    void everyTypeComesAsItWasWritten(ThriftFormat format) {
        VectorsTest.<Executed>read(format, "table-all-types", reply -> {
            assertThat(BlockLayout.of(reply, TimePrecision.MILLISECONDS, ZoneOffset.UTC)
                            .columns()
                            .asList())
                    .extracting(Column::nativeType)
                    .containsExactly(
                            "TIMESTAMP",
                            "STRING",
                            "STRING",
                            "INT32",
                            "INT64",
                            "FLOAT",
                            "DOUBLE",
                            "BOOLEAN",
                            "TEXT",
                            "STRING",
                            "BLOB",
                            "DATE",
                            "TIMESTAMP",
                            "TEXT");
            assertThat(Pages.rows(reply))
                    .containsExactly(
                            "1970-01-01T00:00:00.001Z | x | A | -2147483648 | -9223372036854775808 | 1.5 | -0.0 | true"
                                    + " | ä😀' |  | 0x00ff | 1000-01-01 | 1969-12-31T23:59:59.999Z | null",
                            "1970-01-01T00:00:00.002Z | x | A | null | 2 | null | 2.5 | null | null | s | null"
                                    + " | 9999-12-31 | null | null",
                            "1970-01-01T00:00:00.003Z | x | A | 2147483647 | null | -1.4E-45 | null | false | t | null"
                                    + " | 0x | null | 1970-01-01T00:00:00.009Z | null",
                            "1970-01-01T00:00:00.004Z | x | A | 4 | 4 | 4.0 | 4.9E-324 | true | four | vier | 0x04"
                                    + " | 2024-02-29 | 1970-01-01T00:00:00.004Z | null",
                            "1970-01-01T00:00:00.005Z | y | null | 5 | null | null | null | null | null | null | null"
                                    + " | null | null | null",
                            "1970-01-01T00:00:00.006Z | y | null | null | null | null | null | null | null | null | null"
                                    + " | null | null | null",
                            "1970-01-01T00:00:00.007Z | y | null | 7 | null | null | null | null | null | null | null"
                                    + " | null | null | null");
        });
    }

    @ParameterizedTest
    @EnumSource(ThriftFormat.class)
    void aLabelThatComesTwiceIsTwoColumns(ThriftFormat format) {
        VectorsTest.<Executed>read(format, "table-duplicate-columns", reply -> {
            assertThat(reply.columns()).containsExactly("a", "a", "i");
            assertThat(Pages.rows(reply)).first().isEqualTo("-2147483648 | -9223372036854775808 | -2147483648");
        });
    }

    @ParameterizedTest
    @EnumSource(ThriftFormat.class)
    void theTreeModelLeadsWithTheTimesOfItsBlocks(ThriftFormat format) {
        VectorsTest.<Executed>read(
                format,
                "tree-select",
                reply -> assertThat(Pages.rows(reply))
                        .containsExactly(
                                "1970-01-01T00:00:00.001Z | 10 | a | true | null | 10",
                                "1970-01-01T00:00:00.002Z | null | b | null | null | null",
                                "1970-01-01T00:00:00.003Z | 30 | null | false | null | 30"));
        VectorsTest.<Executed>read(
                format, "tree-count", reply -> assertThat(Pages.rows(reply)).containsExactly("2"));
    }

    @ParameterizedTest
    @EnumSource(ThriftFormat.class)
    void anUnknownPathHasNoColumnsAndNoRows(ThriftFormat format) {
        VectorsTest.<Executed>read(format, "tree-unknown-path", reply -> {
            assertThat(reply.status().isSuccess()).isTrue();
            assertThat(reply.columns()).isEmpty();
            assertThat(reply.blocks()).isEmpty();
        });
    }

    @ParameterizedTest
    @EnumSource(ThriftFormat.class)
    void aResultOfSeveralRepliesSaysSo(ThriftFormat format) {
        VectorsTest.<Executed>read(format, "table-first-of-many", first -> {
            assertThat(first.moreData()).isTrue();
            assertThat(Pages.rows(first)).as("each device's rows are a block").hasSize(40);
        });
        VectorsTest.<FetchResults.Fetched>read(format, "table-fetch", next -> {
            assertThat(next.hasRows()).isTrue();
            assertThat(next.moreData()).isTrue();
            assertThat(Pages.rows(layoutOfFetch(), next.blocks()))
                    .hasSize(40)
                    .contains("1970-01-01T00:00:01.080Z | null | true", "1970-01-01T00:00:01.081Z | 1081 | false");
        });
    }

    @ParameterizedTest
    @EnumSource(ThriftFormat.class)
    void fetchingAFinishedQueryBringsNothing(ThriftFormat format) {
        VectorsTest.<FetchResults.Fetched>read(format, "table-fetch-of-nothing", reply -> {
            assertThat(reply.status().isSuccess()).isTrue();
            assertThat(reply.hasRows()).isFalse();
            assertThat(reply.moreData()).isFalse();
        });
    }

    @ParameterizedTest
    @EnumSource(ThriftFormat.class)
    void refusalsKeepTheServersCodeAndWords(ThriftFormat format) {
        VectorsTest.<Executed>read(format, "table-syntax-error", reply -> {
            WeirException error = reply.status().toError();
            assertThat(error.kind()).isEqualTo(ErrorKind.BAD_REQUEST);
            assertThat(error.code()).isEqualTo(700);
            assertThat(error).hasMessageContaining("selec").hasMessageContaining("(status 700)");
        });
        VectorsTest.<Executed>read(
                format,
                "table-unknown-table",
                reply -> assertThat(reply.status().toError().kind()).isEqualTo(ErrorKind.BAD_REQUEST));
        VectorsTest.<Executed>read(
                format,
                "not-logged-in",
                reply -> assertThat(reply.status().toError().kind()).isEqualTo(ErrorKind.AUTH));
    }

    @ParameterizedTest
    @EnumSource(ThriftFormat.class)
    void loginTellsTheSessionAndThePrecision(ThriftFormat format) {
        VectorsTest.<OpenSession.Opened>read(format, "login-table", reply -> {
            assertThat(reply.status().isSuccess()).isTrue();
            assertThat(reply.configuration()).containsEntry("timestamp_precision", "ms");
        });
        VectorsTest.<OpenSession.Opened>read(format, "login-wrong-password", reply -> {
            assertThat(reply.status().toError().kind()).isEqualTo(ErrorKind.AUTH);
            assertThat(reply.sessionId()).isEqualTo(-1);
        });
        VectorsTest.<OpenSession.Opened>read(
                format,
                "login-unknown-dialect",
                reply -> assertThat(reply.status().toError().kind()).isEqualTo(ErrorKind.BAD_REQUEST));
    }

    @ParameterizedTest
    @EnumSource(ThriftFormat.class)
    void theServerTellsWhatItIs(ThriftFormat format) {
        VectorsTest.<GetProperties.Properties>read(format, "properties", properties -> {
            assertThat(properties.version()).isEqualTo("2.0.1-beta");
            assertThat(properties.timePrecision()).isEqualTo("ms");
            assertThat(properties.maxFrameBytes()).isEqualTo(512 << 20);
        });
        VectorsTest.<GetTimeZone.Zone>read(
                format, "zone", zone -> assertThat(zone.zone()).isEqualTo("Z"));
        VectorsTest.<Executed>read(
                format, "table-use", reply -> assertThat(reply.database()).isEqualTo("vec"));
    }

    static List<Vectors> all() {
        return Vectors.all();
    }

    @ParameterizedTest
    @MethodSource("all")
    void aReplyThatIsCutOffAnywhereIsAProtocolError(Vectors vector) {
        byte[] message = vector.message();
        for (int length = 0; length < message.length; length++) {
            byte[] cut = Arrays.copyOf(message, length);
            String outcome = outcome(vector, cut);
            assertThat(outcome).as("%s cut at %d", vector, length).isEqualTo("PROTOCOL");
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void aReplyWithAnyByteFlippedIsReadOrIsAnError(Vectors vector) {
        byte[] message = vector.message();
        int refused = 0;
        for (int at = 0; at < message.length; at++) {
            for (int mask : new int[] {0xff, 0x80, 0x01, 0x10}) {
                byte[] flipped = message.clone();
                flipped[at] ^= (byte) mask;
                if (!outcome(vector, flipped).equals("read")) {
                    refused++;
                }
            }
        }
        assertThat(refused).as("flipped bytes that were noticed").isPositive();
    }

    /** Reads everything there is to read. Anything but success and our own errors is thrown on. */
    private static String outcome(Vectors vector, byte[] message) {
        ByteBuf frame = TrackedBuffers.of(message);
        try {
            Object value = Calls.read(frame, vector.format(), sequence(vector), requestOf(vector));
            if (value instanceof Executed reply && reply.hasRows()) {
                touch(BlockLayout.of(reply, TimePrecision.MILLISECONDS, ZoneOffset.UTC), reply.blocks());
            } else if (value instanceof FetchResults.Fetched reply) {
                touch(layoutOfFetch(), reply.blocks());
            }
            return "read";
        } catch (WeirException e) {
            if (e.getMessage() == null || e.getMessage().isBlank()) {
                fail("an error without a text");
            }
            return e.kind().name();
        } finally {
            frame.release();
        }
    }

    private static BlockLayout layoutOfFetch() {
        Executed head = new Executed(
                Status.MISSING,
                1,
                List.of("time", "l", "b"),
                List.of("TIMESTAMP", "INT64", "BOOLEAN"),
                true,
                null,
                List.of(),
                true,
                null);
        return BlockLayout.of(head, TimePrecision.MILLISECONDS, ZoneOffset.UTC);
    }

    private static void touch(BlockLayout layout, List<ByteBuf> blocks) {
        for (ByteBuf block : blocks) {
            try (TsBlockPage page = TsBlockPage.of(block, layout)) {
                // A flipped row count can make a repeated value come two thousand million times.
                for (int row = 0; row < Math.min(page.size(), 200); row++) {
                    for (int column = 0; column < layout.size(); column++) {
                        touch(page, row, column);
                    }
                }
            }
        }
    }

    private static void touch(TsBlockPage page, int row, int column) {
        try {
            page.row(row).get(column);
        } catch (IllegalArgumentException e) {
            // A value that is no date any more: said clearly, and the page goes on.
            assertThat(e).hasMessageContaining("olumn " + column);
        }
    }

    private record Coffee() implements Request<Boolean> {
        @Override
        public String method() {
            return "makeCoffee";
        }

        @Override
        public void writeArguments(ThriftOutput out) {}

        @Override
        public Boolean readValue(ThriftInput in) {
            return in.boolField();
        }
    }
}
