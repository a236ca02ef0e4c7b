package io.weir.core.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.core.Kind;
import io.weir.core.RowView;
import io.weir.testkit.docs.GeneratedBlock;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The whole matrix against a table that is written down here: every kind, every type, the value or a refusal. */
class ConversionsTest {

    private static final List<Class<?>> TYPES = List.of(
            Boolean.class,
            Byte.class,
            Short.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class,
            BigInteger.class,
            BigDecimal.class,
            Number.class,
            String.class,
            UUID.class,
            DayOfWeek.class,
            ByteBuffer.class,
            byte[].class,
            OffsetDateTime.class,
            ZonedDateTime.class,
            Instant.class,
            LocalDateTime.class,
            LocalDate.class,
            LocalTime.class,
            Object.class,
            Thread.class);

    /* Kind, stored value, and what it becomes; a type that is not named is refused. */
    private static final String GOLDEN = """
            BOOLEAN   | true  | Boolean=true String=true Object=Boolean:true
            INT8      | 1     | Boolean=true Byte=1 Short=1 Integer=1 Long=1 Float=1.0 Double=1.0 BigInteger=1 BigDecimal=1 Number=Byte:1 String=1 Object=Byte:1
            INT16     | 0     | Boolean=false Byte=0 Short=0 Integer=0 Long=0 Float=0.0 Double=0.0 BigInteger=0 BigDecimal=0 Number=Short:0 String=0 Object=Short:0
            INT16     | 128   | Short=128 Integer=128 Long=128 Float=128.0 Double=128.0 BigInteger=128 BigDecimal=128 Number=Short:128 String=128 Object=Short:128
            INT32     | -7    | Byte=-7 Short=-7 Integer=-7 Long=-7 Float=-7.0 Double=-7.0 BigInteger=-7 BigDecimal=-7 Number=Integer:-7 String=-7 Object=Integer:-7
            INT32     | 16777217 | Integer=16777217 Long=16777217 Double=1.6777217E7 BigInteger=16777217 BigDecimal=16777217 Number=Integer:16777217 String=16777217 Object=Integer:16777217
            INT64     | 2     | Byte=2 Short=2 Integer=2 Long=2 Float=2.0 Double=2.0 BigInteger=2 BigDecimal=2 Number=Long:2 String=2 Object=Long:2
            INT64     | 9007199254740993 | Long=9007199254740993 BigInteger=9007199254740993 BigDecimal=9007199254740993 Number=Long:9007199254740993 String=9007199254740993 Object=Long:9007199254740993
            FLOAT     | 0.1   | Float=0.1 Double=0.10000000149011612 BigDecimal=0.1 Number=Float:0.1 String=0.1 Object=Float:0.1
            FLOAT     | 2     | Byte=2 Short=2 Integer=2 Long=2 Float=2.0 Double=2.0 BigInteger=2 BigDecimal=2.0 Number=Float:2.0 String=2.0 Object=Float:2.0
            DOUBLE    | 0.1   | Float=0.1 Double=0.1 BigDecimal=0.1 Number=Double:0.1 String=0.1 Object=Double:0.1
            DOUBLE    | -3    | Byte=-3 Short=-3 Integer=-3 Long=-3 Float=-3.0 Double=-3.0 BigInteger=-3 BigDecimal=-3.0 Number=Double:-3.0 String=-3.0 Object=Double:-3.0
            DOUBLE    | 0.3333333333333333 | Double=0.3333333333333333 BigDecimal=0.3333333333333333 Number=Double:0.3333333333333333 String=0.3333333333333333 Object=Double:0.3333333333333333
            DECIMAL   | 1.10  | Float=1.1 Double=1.1 BigDecimal=1.10 Number=BigDecimal:1.10 String=1.10 Object=BigDecimal:1.10
            DECIMAL   | 5     | Byte=5 Short=5 Integer=5 Long=5 Float=5.0 Double=5.0 BigInteger=5 BigDecimal=5 Number=BigDecimal:5 String=5 Object=BigDecimal:5
            DECIMAL   | 0.12345678901234567890 | BigDecimal=0.12345678901234567890 Number=BigDecimal:0.12345678901234567890 String=0.12345678901234567890 Object=BigDecimal:0.12345678901234567890
            TEXT      | 42    | Byte=42 Short=42 Integer=42 Long=42 Float=42.0 Double=42.0 BigInteger=42 BigDecimal=42 Number=BigDecimal:42 String=42 ByteBuffer=3432 byte[]=3432 Object=String:42
            TEXT      | -0.5  | Float=-0.5 Double=-0.5 BigDecimal=-0.5 Number=BigDecimal:-0.5 String=-0.5 ByteBuffer=2d302e35 byte[]=2d302e35 Object=String:-0.5
            TEXT      | NaN   | Float=NaN Double=NaN String=NaN ByteBuffer=4e614e byte[]=4e614e Object=String:NaN
            TEXT      | True  | Boolean=true String=True ByteBuffer=54727565 byte[]=54727565 Object=String:True
            TEXT      | FRIDAY | String=FRIDAY DayOfWeek=FRIDAY ByteBuffer=465249444159 byte[]=465249444159 Object=String:FRIDAY
            TEXT      | é     | String=é ByteBuffer=c3a9 byte[]=c3a9 Object=String:é
            TEXT      | 1-1-1-1-1 | String=1-1-1-1-1 ByteBuffer=312d312d312d312d31 byte[]=312d312d312d312d31 Object=String:1-1-1-1-1
            BINARY    | 00ff  | ByteBuffer=00ff byte[]=00ff Object=HeapByteBuffer:00ff
            DATE      | 2024-02-29 | String=2024-02-29 LocalDateTime=2024-02-29T00:00 LocalDate=2024-02-29 Object=LocalDate:2024-02-29
            TIME      | 12:30 | String=12:30:00 LocalTime=12:30 Object=LocalTime:12:30
            DATETIME  | 2024-02-29T12:30 | String=2024-02-29T12:30:00 LocalDateTime=2024-02-29T12:30 LocalDate=2024-02-29 LocalTime=12:30 Object=LocalDateTime:2024-02-29T12:30
            TIMESTAMP | 1709181000001 | Long=1709181000001 String=2024-02-29T12:30:00.001+08:00 OffsetDateTime=2024-02-29T12:30:00.001+08:00 ZonedDateTime=2024-02-29T12:30:00.001+08:00[Asia/Shanghai] Instant=2024-02-29T04:30:00.001Z LocalDateTime=2024-02-29T12:30:00.001 LocalDate=2024-02-29 LocalTime=12:30:00.001 Object=OffsetDateTime:2024-02-29T12:30:00.001+08:00
            """;

    private static Stream<String> golden() {
        return GOLDEN.lines();
    }

    @ParameterizedTest
    @MethodSource("golden")
    void everyTypeOfEveryKindIsAValueOrARefusalThatListsWhatIsPossible(String line) {
        String[] cells = line.split(" *\\| *", 3);
        Kind kind = Kind.valueOf(cells[0]);
        RowView row = row(kind, stored(kind, cells[1]));

        String became = TYPES.stream()
                .map(type -> become(row, kind, type))
                .filter(result -> !result.isEmpty())
                .collect(Collectors.joining(" "));

        assertThat(became).isEqualTo(cells[2]);
    }

    @Test
    void theTableHasEveryKindAndNothingIsPromisedThatNoSampleCanBecome() {
        Map<Kind, Set<Target>> seen = new EnumMap<>(Kind.class);
        golden().forEach(line -> {
            String[] cells = line.split(" *\\| *", 3);
            Set<Target> targets = seen.computeIfAbsent(Kind.valueOf(cells[0]), k -> EnumSet.noneOf(Target.class));
            for (Class<?> type : TYPES) {
                if ((" " + cells[2]).contains(" " + type.getSimpleName() + "=")) {
                    targets.add(Target.of(type));
                }
            }
        });
        seen.computeIfPresent(Kind.INT32, ConversionsTest::withBoolean);
        seen.computeIfPresent(Kind.INT64, ConversionsTest::withBoolean);
        seen.get(Kind.TEXT).add(Target.UUID);

        for (Kind kind : Kind.values()) {
            assertThat(seen.get(kind)).as(kind.name()).isEqualTo(Conversions.possible(kind));
        }
    }

    private static Set<Target> withBoolean(Kind kind, Set<Target> targets) {
        assertThat(row(kind, 1).get(0, Boolean.class)).isTrue();
        assertThat(row(kind, 0).get(0, Boolean.class)).isFalse();
        targets.add(Target.BOOLEAN);
        return targets;
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void theDefaultTypeIsTheOneThatTheKindNames(Kind kind) {
        String sample =
                golden().filter(line -> line.startsWith(kind + " ")).findFirst().orElseThrow();

        assertThat(row(kind, stored(kind, sample.split(" *\\| *", 3)[1])).get(0))
                .isInstanceOf(kind.javaType());
    }

    @Test
    void aUuidIsReadInItsUsualFormOnly() {
        String id = "123E4567-e89b-12d3-a456-426614174000";

        assertThat(row(Kind.TEXT, id).get(0, UUID.class)).isEqualTo(UUID.fromString(id));
        assertThatThrownBy(() -> row(Kind.TEXT, "0" + id).get(0, UUID.class))
                .hasMessageContaining("8-4-4-4-12 hexadecimal digits");
    }

    @Test
    void charSequenceIsStringAndPrimitiveClassesAreTheirWrappers() {
        assertThat(row(Kind.INT32, 7).get(0, CharSequence.class)).isEqualTo("7");
        assertThat(row(Kind.INT64, 7).get(0, long.class)).isEqualTo(7L);
        assertThat(row(Kind.INT64, 7).get(0, int.class)).isEqualTo(7);
        assertThat(row(Kind.INT64, 7).get(0, short.class)).isEqualTo((short) 7);
        assertThat(row(Kind.INT64, 7).get(0, byte.class)).isEqualTo((byte) 7);
        assertThat(row(Kind.DOUBLE, 0.5).get(0, double.class)).isEqualTo(0.5);
        assertThat(row(Kind.DOUBLE, 0.5).get(0, float.class)).isEqualTo(0.5f);
        assertThat(row(Kind.BOOLEAN, true).get(0, boolean.class)).isTrue();
    }

    @Test
    void anImpossibleTypeIsRefusedWithColumnKindTypeAndWhatIsPossible() {
        assertThatThrownBy(() -> row(Kind.DATE, LocalDate.EPOCH).get(0, UUID.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Column 0 'c0' (DATE) can not become java.util.UUID: possible for DATE are"
                        + " String, LocalDateTime, LocalDate, Object");
    }

    @Test
    void aNumberThatDoesNotFitIsShownAndSaysWhatIsLost() {
        assertThatThrownBy(() -> row(Kind.DOUBLE, 1.5).get(0, Integer.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Column 0 'c0' (DOUBLE): the value 1.5 can not become java.lang.Integer without losing"
                        + " digits: possible for DOUBLE, where the value fits, are Byte, Short, Integer, Long, Float,"
                        + " Double, BigInteger, BigDecimal, Number, String, Object");
        assertThatThrownBy(() -> row(Kind.INT64, 2).get(0, Boolean.class))
                .hasMessageContaining("the value 2 can not become java.lang.Boolean, which is 0 or 1");
    }

    @Test
    void aTextThatDoesNotFitIsNotShown() {
        assertThatThrownBy(() -> row(Kind.TEXT, "hidden").get(0, Long.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("this text can not become java.lang.Long")
                .hasMessageNotContaining("hidden");
        assertThatThrownBy(() -> row(Kind.TEXT, "hidden").get(0, DayOfWeek.class))
                .hasMessageContaining("whose constants are [MONDAY, TUESDAY,")
                .hasMessageNotContaining("hidden");
    }

    @Test
    void aStoredTimeThatIsNoneNamesTheColumn() {
        RowView row = row(Kind.DATE, (Supplier<Object>) () -> LocalDate.of(2023, 2, 29));

        assertThatThrownBy(() -> row.get(0, LocalDate.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Column 0 'c0' (DATE) can not become LocalDate: Invalid date");
    }

    @Test
    void thePrimitiveReadersUseTheSameMatrix() {
        assertThat(row(Kind.DOUBLE, 4.0).getLong(0)).isEqualTo(4);
        assertThat(row(Kind.TEXT, "17").getLong(0)).isEqualTo(17);
        assertThat(row(Kind.TIMESTAMP, 99L).getLong(0)).isEqualTo(99);
        assertThat(row(Kind.INT32, 3).getDouble(0)).isEqualTo(3.0);
        assertThat(row(Kind.FLOAT, 0.5f).getDouble(0)).isEqualTo(0.5);
        assertThat(row(Kind.INT8, 1).getBoolean(0)).isTrue();
        assertThat(row(Kind.INT8, 1).getString(0)).isEqualTo("1");
        assertThatThrownBy(() -> row(Kind.DOUBLE, 4.5).getLong(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> row(Kind.INT64, Long.MAX_VALUE).getDouble(0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> row(Kind.TEXT, "x").getBoolean(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aReaderThatTheSystemForgotIsNamed() {
        PageShape shape = FakePage.shape(Kind.INT64);
        AbstractRow row = new AbstractRow(shape) {
            @Override
            protected boolean isNullAt(int column) {
                return false;
            }
        };

        assertThatThrownBy(() -> row.getLong(0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("does not implement longAt, which Column 0 'c0' (INT64) needs");
    }

    @Test
    void thePageOfTheDocsIsCurrent() {
        StringBuilder table = new StringBuilder("| Kind | by default | can become |\n| --- | --- | --- |\n");
        for (Kind kind : Kind.values()) {
            String others = Conversions.possible(kind).stream()
                    .filter(target -> target != Target.OBJECT && target != Target.of(kind.javaType()))
                    .map(Target::label)
                    .collect(Collectors.joining(", "));
            table.append("| %s | %s | %s |\n".formatted(kind, kind.javaType().getSimpleName(), others));
        }

        GeneratedBlock.of("docs/conversions.md", "conversions", ConversionsTest.class)
                .shouldBe(table.toString());
    }

    private static String become(RowView row, Kind kind, Class<?> type) {
        Object value;
        try {
            value = row.get(0, type);
        } catch (IllegalArgumentException refusal) {
            assertThat(refusal)
                    .hasMessageContaining("Column 0 'c0' (" + kind + ")")
                    .hasMessageContaining(type.getTypeName())
                    .hasMessageContaining("possible for " + kind);
            return "";
        }
        assertThat(value).isInstanceOf(type);
        boolean open = type == Object.class || type == Number.class;
        return type.getSimpleName() + "=" + (open ? value.getClass().getSimpleName() + ":" : "") + shown(value);
    }

    private static String shown(Object value) {
        if (value instanceof ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            return shown(bytes);
        }
        return value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : value.toString();
    }

    private static Object stored(Kind kind, String text) {
        return switch (kind) {
            case BOOLEAN -> Boolean.valueOf(text);
            case INT8, INT16, INT32, INT64, TIMESTAMP -> Long.valueOf(text);
            case FLOAT -> Float.valueOf(text);
            case DOUBLE -> Double.valueOf(text);
            case DECIMAL -> new BigDecimal(text);
            case TEXT -> text;
            case BINARY -> HexFormat.of().parseHex(text);
            case DATE -> LocalDate.parse(text);
            case TIME -> LocalTime.parse(text);
            case DATETIME -> LocalDateTime.parse(text);
        };
    }

    private static RowView row(Kind kind, Object value) {
        return FakePage.of(kind, value, ChronoUnit.MILLIS, "Asia/Shanghai").row(0);
    }
}
