package io.weir.iotdb.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.Unpooled;
import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import io.weir.testkit.Hex;
import org.junit.jupiter.api.Test;

/** The compact protocol as other writers write it, and what is no such thing. */
class CompactInputTest {

    private static ThriftInput input(String hex) {
        return ThriftFormat.COMPACT.input(Unpooled.wrappedBuffer(Hex.bytes(hex)));
    }

    private static ThriftInput struct(String hex) {
        ThriftInput in = input(hex);
        in.beginStruct();
        return in;
    }

    private static void refused(Runnable reading, String text) {
        assertThatThrownBy(reading::run)
                .isInstanceOfSatisfying(
                        WeirException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.PROTOCOL))
                .hasMessageContaining(text);
    }

    @Test
    void fieldsOfAnyTypeAndDepthAreSkipped() {
        String unknown = """
                01 c801                 # field 100 true, its id in the long form
                12                      # 101 false
                13 7f                   # 102 i8
                17 000000000000f03f     # 103 double, lowest byte first
                14 8404                 # 104 i16
                15 02                   # 105 i32
                16 ffffffffffffffffff01 # 106 i64
                18 02 6869              # 107 string
                1c 1c 15 0a 00 00       # 108 struct in struct
                1b 01 89 01 6b 25 02 04 # 109 map of text to list
                1a 31 01 02 00          # 110 set of bools, false in both spellings
                19 2c 00 00             # 111 list of empty structs
                19 05                   # 112 list of nothing
                1b 00                   # 113 map of nothing
                """;
        ThriftInput in = struct(unknown + "05 02 54 00");

        int value = 0;
        while (in.nextField()) {
            if (in.fieldId() == 1) {
                value = in.i32Field();
            } else {
                in.skip();
            }
        }

        assertThat(value).isEqualTo(42);
        assertThat(in.remaining()).isZero();
    }

    @Test
    void idsGoOnWhereTheStructWasLeft() {
        ThriftInput in = struct("1c 5c 00 00 15 02 00");
        in.nextField();
        in.skip();
        assertThat(in.nextField()).isTrue();
        assertThat(in.fieldId()).isEqualTo(2);
        assertThat(in.i32Field()).isEqualTo(1);
        assertThat(in.nextField()).isFalse();
    }

    @Test
    void nestingIsBounded() {
        ThriftInput structs = struct("1c".repeat(100) + "00".repeat(100));
        refused(
                () -> {
                    structs.nextField();
                    structs.skip();
                },
                "deeper than");
    }

    @Test
    void aCollectionCanNotHaveMoreElementsThanBytes() {
        refused(() -> list("19 f5 ffffffff07 00"), "2147483647 elements");
        refused(() -> list("19 f5 ffffffff0f 00"), "-1 elements");
        refused(() -> list("19 35 00"), "3 elements");
        refused(() -> list("1b 05 55 00"), "5 elements");
    }

    private static void list(String hex) {
        ThriftInput in = struct(hex);
        in.nextField();
        in.skip();
    }

    @Test
    void aTextCanNotBeLongerThanTheFrame() {
        refused(() -> input("ffffffff07 61").string(), "2147483647 bytes");
        refused(() -> input("ffffffff0f 61").string(), "a text of -1 bytes");
        refused(() -> input("02 61").string(), "a text of 2 bytes");
    }

    @Test
    void aNumberCanNotBeLongerThanItsType() {
        assertThat(input("ffffffff0f").i32()).isEqualTo(Integer.MIN_VALUE);
        refused(() -> input("ffffffff1f").i32(), "longer than 32 bits");
        refused(() -> input("ffffffffff00").i32(), "longer than 32 bits");
        refused(() -> input("ffffffffffffffffff02").i64(), "longer than 64 bits");
        refused(() -> input("808004").i16(), "a 16-bit number is 32768");
        refused(() -> input("ff").i32(), "it ends where");
    }

    @Test
    void whatIsNoTypeOrNoBooleanIsAnError() {
        refused(() -> struct("1d").nextField(), "no compact Thrift type 13");
        refused(() -> list("19 11 07"), "a boolean is 0, 1 or 2");
    }

    @Test
    void anotherProtocolOrVersionIsRecognised() {
        refused(() -> input("80010002 00").message(), "binary protocol");
        refused(() -> input("8242 00 00").message(), "version 2");
        refused(() -> input("4142").message(), "here is 41");
    }
}
