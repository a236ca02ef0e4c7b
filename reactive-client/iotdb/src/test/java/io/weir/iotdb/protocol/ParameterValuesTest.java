package io.weir.iotdb.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.weir.core.TimePrecision;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ParameterValuesTest {

    static Stream<Arguments> values() {
        Instant moment = Instant.ofEpochMilli(258);
        return Stream.of(
                Arguments.of(null, "07"),
                Arguments.of(true, "0001"),
                Arguments.of(false, "0000"),
                Arguments.of((byte) -1, "01ffffffff"),
                Arguments.of((short) 258, "0100000102"),
                Arguments.of(258, "0100000102"),
                Arguments.of(258L, "020000000000000102"),
                Arguments.of(1.0f, "033f800000"),
                Arguments.of(1.0, "043ff0000000000000"),
                Arguments.of("ä", "0b00000002c3a4"),
                Arguments.of("", "0b00000000"),
                Arguments.of(new byte[] {0, -1}, "0a0000000200ff"),
                Arguments.of(moment, "020000000000000102"),
                Arguments.of(moment.atOffset(ZoneOffset.ofHours(2)), "020000000000000102"),
                Arguments.of(moment.atZone(ZoneOffset.UTC), "020000000000000102"));
    }

    @ParameterizedTest
    @MethodSource("values")
    void everyTypeHasItsBytesAndTheLengthIsKnownBefore(@Nullable Object value, String hex) {
        ParameterValues values = ParameterValues.of(Arrays.asList(value, value), TimePrecision.MILLISECONDS);
        ByteBuf out = Unpooled.buffer();
        values.write(out);
        assertThat(ByteBufUtil.hexDump(out)).isEqualTo("00000002" + hex + hex);
        assertThat(values.length()).isEqualTo(out.readableBytes());
        assertThat(values.toString()).isEqualTo("2 values");
    }
}
