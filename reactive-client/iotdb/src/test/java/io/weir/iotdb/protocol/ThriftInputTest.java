package io.weir.iotdb.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.Unpooled;
import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import io.weir.testkit.Hex;
import org.junit.jupiter.api.Test;

class ThriftInputTest {

    private static ThriftInput input(String hex) {
        return ThriftFormat.BINARY.input(Unpooled.wrappedBuffer(Hex.bytes(hex)));
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
                02 0064 01              # bool
                03 0065 7f              # i8
                04 0066 3ff0000000000000 # double
                06 0067 0102            # i16
                08 0068 00000001        # i32
                0a 0069 0000000000000001 # i64
                0b 006a 00000002 6869   # string
                0c 006b 0c 0001 08 0001 00000005 00 00 # struct in struct
                0d 006c 0b 0f 00000001 00000001 6b 08 00000002 00000001 00000002 # map of lists
                0e 006d 02 00000003 010001 # set of bools
                0f 006e 0c 00000002 00 00 # list of empty structs
                0f 006f 00 00000000     # list of nothing
                """;
        ThriftInput in = input(unknown + "08 0001 0000002a 00");

        in.beginStruct();
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
    void nestingIsBounded() {
        ThriftInput structs = input("0c0001".repeat(100) + "00".repeat(100));
        refused(
                () -> {
                    structs.beginStruct();
                    structs.nextField();
                    structs.skip();
                },
                "deeper than");
        ThriftInput lists = input("0f0001" + "0f00000001".repeat(100) + "0200000000");
        refused(
                () -> {
                    lists.beginStruct();
                    lists.nextField();
                    lists.skip();
                },
                "deeper than");
    }

    private static void readOneList(String hex) {
        ThriftInput in = input(hex);
        in.beginStruct();
        in.nextField();
        in.beginList(ThriftType.I32);
    }

    @Test
    void aCollectionCanNotHaveMoreElementsThanBytes() {
        refused(() -> readOneList("0f0001 08 7fffffff 00000000"), "2147483647 elements");
        refused(() -> readOneList("0f0001 08 ffffffff 00000000"), "-1 elements");
        refused(() -> readOneList("0f0001 08 00000002 00000000"), "2 elements");
    }

    @Test
    void aTextCanNotBeLongerThanTheFrame() {
        refused(() -> input("7fffffff 61").string(), "2147483647 bytes");
        refused(() -> input("80000000 61").string(), "a text of -2147483648 bytes");
    }

    @Test
    void aFieldOfAnotherTypeThanExpectedIsAnError() {
        ThriftInput in = input("0a 0001 0000000000000001 00");
        in.beginStruct();
        in.nextField();
        refused(in::i32Field, "field 1 is of type I64 where I32 is expected");
    }

    @Test
    void anUnknownTypeIsAnError() {
        ThriftInput in = input("05 0001 00");
        in.beginStruct();
        refused(in::nextField, "no Thrift type 5");
    }

    @Test
    void theCompactProtocolIsRecognised() {
        refused(() -> input("8221 0100").message(), "compact protocol");
    }
}
