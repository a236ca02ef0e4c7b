package io.weir.core.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameReaderTest {

    /** A length of three bytes, little-endian, and a number: as MySQL's packets have it. */
    private static final FrameFormat THREE_BYTES = new FrameFormat() {
        @Override
        public int headerBytes() {
            return 4;
        }

        @Override
        public long length(ByteBuf in, int index) {
            return 4L + in.getUnsignedMediumLE(index);
        }

        @Override
        public int stripped() {
            return 3;
        }
    };

    private final PooledByteBufAllocator allocator = PooledByteBufAllocator.DEFAULT;
    private final List<FrameReader> readers = new ArrayList<>();

    @AfterEach
    void release() {
        readers.forEach(FrameReader::release);
    }

    private FrameReader reader(FrameFormat format, int max) {
        FrameReader reader = new FrameReader(format, max, allocator);
        readers.add(reader);
        return reader;
    }

    private ByteBuf bytes(byte[] all, int from, int to) {
        return allocator.directBuffer().writeBytes(all, from, to - from);
    }

    private static byte[] frames(String... texts) {
        ByteBuf all = PooledByteBufAllocator.DEFAULT.buffer();
        for (String text : texts) {
            Ask.write(all, text);
        }
        byte[] bytes = new byte[all.readableBytes()];
        all.readBytes(bytes).release();
        return bytes;
    }

    private static List<String> drain(FrameReader reader) throws BadFrame {
        List<String> texts = new ArrayList<>();
        while (reader.available()) {
            assertThat(reader.available()).as("asking again changes nothing").isTrue();
            texts.add(reader.body().toString(StandardCharsets.UTF_8));
            reader.next();
        }
        return texts;
    }

    @Test
    void framesAreTheSameWhereverTheBytesAreSplit() throws BadFrame {
        byte[] all = frames("one", "", "x".repeat(70), "four");
        for (int first = 0; first <= all.length; first++) {
            for (int second = first; second <= all.length; second++) {
                FrameReader reader = reader(FrameFormat.INT32_LENGTH, 1000);
                List<String> got = new ArrayList<>();
                for (int[] part : new int[][] {{0, first}, {first, second}, {second, all.length}}) {
                    reader.add(bytes(all, part[0], part[1]));
                    got.addAll(drain(reader));
                }
                assertThat(got)
                        .as("split at %d and %d", first, second)
                        .containsExactly("one", "", "x".repeat(70), "four");
            }
        }
    }

    @Test
    void framesAreTheSameWhenTheBytesComeOneByOne() throws BadFrame {
        byte[] all = frames("one", "", "x".repeat(300), "four");
        FrameReader reader = reader(FrameFormat.INT32_LENGTH, 1000);
        List<String> got = new ArrayList<>();
        for (int i = 0; i < all.length; i++) {
            reader.add(bytes(all, i, i + 1));
            got.addAll(drain(reader));
        }
        assertThat(got).containsExactly("one", "", "x".repeat(300), "four");
    }

    @Test
    void readsThatNobodyHasLookedAtYetKeepTheirOrder() throws BadFrame {
        byte[] all = frames("one", "two", "three");
        FrameReader reader = reader(FrameFormat.INT32_LENGTH, 1000);
        for (int i = 0; i < all.length; i += 5) {
            reader.add(bytes(all, i, Math.min(all.length, i + 5)));
        }
        assertThat(drain(reader)).containsExactly("one", "two", "three");
    }

    @Test
    void aFrameThatIsRetainedOutlivesTheReader() throws BadFrame {
        byte[] all = frames("whole", "in two parts");
        FrameReader reader = reader(FrameFormat.INT32_LENGTH, 1000);
        reader.add(bytes(all, 0, 12));
        assertThat(reader.available()).isTrue();
        ByteBuf whole = reader.body().retain();
        reader.next();
        assertThat(reader.available()).isFalse();
        reader.add(bytes(all, 12, all.length));
        assertThat(reader.available()).isTrue();
        ByteBuf parts = reader.body().retain();
        reader.next();
        reader.release();
        assertThat(whole.toString(StandardCharsets.UTF_8)).isEqualTo("whole");
        assertThat(parts.toString(StandardCharsets.UTF_8)).isEqualTo("in two parts");
        assertThat(whole.release()).isTrue();
        assertThat(parts.release()).isTrue();
    }

    @Test
    void anIncompleteFrameIsHeldOnceInABufferOfItsLength() throws BadFrame {
        int length = 10_000_000;
        FrameReader reader = reader(FrameFormat.INT32_LENGTH, 20_000_000);
        byte[] all = frames("x".repeat(length));
        reader.add(bytes(all, 0, 1000));
        assertThat(reader.available()).isFalse();
        long before = allocator.metric().usedDirectMemory();
        for (int i = 1000; i < all.length; i += 65_536) {
            reader.add(bytes(all, i, Math.min(all.length, i + 65_536)));
            reader.available();
        }
        assertThat(reader.frame().capacity()).isEqualTo(length + 4);
        assertThat(allocator.metric().usedDirectMemory() - before).isLessThan(length / 2);
    }

    /** As a socket does it: into the frame that waits, if there is one, else into a buffer of the size it guesses. */
    private int read(FrameReader reader, byte[] all, int from, int guess, int there) {
        ByteBuf room = reader.room();
        ByteBuf buffer = room != null ? room : allocator.directBuffer(guess, guess);
        int count = Math.min(Math.min(buffer.writableBytes(), there), all.length - from);
        reader.add(buffer.writeBytes(all, from, count));
        return from + count;
    }

    @Test
    void framesAreTheSameWhenTheSocketReadsStraightIntoThem() throws BadFrame {
        byte[] all = frames("one", "", "x".repeat(300), "four", "y".repeat(40_000), "z".repeat(40_000), "end");
        for (int guess : new int[] {1, 3, 4, 5, 17, 2048, 65_536}) {
            for (int there : new int[] {1, 7, 1000, 100_000}) {
                FrameReader reader = reader(FrameFormat.INT32_LENGTH, 100_000);
                List<String> got = new ArrayList<>();
                for (int at = 0; at < all.length; ) {
                    at = read(reader, all, at, guess, there);
                    got.addAll(drain(reader));
                }
                assertThat(got)
                        .as("reads of %d, of which %d are there", guess, there)
                        .containsExactly(
                                "one", "", "x".repeat(300), "four", "y".repeat(40_000), "z".repeat(40_000), "end");
            }
        }
    }

    @Test
    void theRestOfAnIncompleteFrameNeedsNoOtherBuffer() throws BadFrame {
        byte[] all = frames("x".repeat(40_000), "next");
        FrameReader reader = reader(FrameFormat.INT32_LENGTH, 100_000);
        assertThat(reader.room()).as("nothing is known yet").isNull();
        int at = read(reader, all, 0, 1000, 1000);
        assertThat(reader.available()).isFalse();

        ByteBuf room = reader.room();
        assertThat(room).isNotNull();
        assertThat(room.writableBytes()).isEqualTo(40_004 - 1000);
        assertThat(room.release()).as("nothing was there to be read").isFalse();

        at = read(reader, all, at, 1, 100_000);
        assertThat(at).isEqualTo(40_004);
        assertThat(reader.available()).isTrue();
        assertThat(reader.frame().capacity()).isEqualTo(40_004);
        assertThat(reader.room()).as("it is whole").isNull();
        reader.next();
        assertThat(reader.isAmongLongOnes()).isTrue();
        assertThat(reader.room()).isNull();
        read(reader, all, at, 2048, 100_000);
        assertThat(drain(reader)).containsExactly("next");
        assertThat(reader.isAmongLongOnes()).isFalse();
    }

    @Test
    void noRoomIsOfferedWhileOtherBytesComeFirst() throws BadFrame {
        byte[] all = frames("x".repeat(100));
        FrameReader reader = reader(FrameFormat.INT32_LENGTH, 1000);
        reader.add(bytes(all, 0, 3));
        assertThat(reader.available()).isFalse();
        assertThat(reader.room()).as("of a length that is not whole").isNull();
        reader.add(bytes(all, 3, 20));
        assertThat(reader.room()).as("before these bytes were looked at").isNull();
        assertThat(reader.available()).isFalse();
        ByteBuf room = reader.room();
        assertThat(room).isNotNull();
        room.release();
        reader.add(bytes(all, 20, 50));
        assertThat(reader.room()).as("with bytes that wait").isNull();
        reader.add(bytes(all, 50, all.length));
        assertThat(drain(reader)).containsExactly("x".repeat(100));
    }

    @Test
    void otherFormatsKeepWhatTheyNeedOfTheHeader() throws BadFrame {
        FrameReader reader = reader(THREE_BYTES, 1000);
        reader.add(bytes(new byte[] {2, 0, 0, 7, 'a', 'b', 0, 0}, 0, 8));
        assertThat(drain(reader)).containsExactly("\u0007ab");
        reader.add(bytes(new byte[] {0, 8}, 0, 2));
        assertThat(drain(reader)).containsExactly("\b");
    }

    @ParameterizedTest
    @CsvSource({
        "00000065, 105 bytes, limit is 100",
        "ffffffff, 4294967299 bytes, limit is 100",
        "80010002, 2147549190 bytes, limit is 100",
        "48545450, 'HTTP', another protocol",
        "47455420, 'GET ', another protocol",
        "05000000, 83886084 bytes, maxFrameSize",
        "15030300, TLS record, sslMode",
        "16030100, TLS record, sslMode"
    })
    void aLengthThatCanNotBeIsExplained(String header, String first, String second) {
        FrameReader whole = reader(FrameFormat.INT32_LENGTH, 100);
        byte[] bytes = HexFormat.of().parseHex(header);
        whole.add(bytes(bytes, 0, 4));
        assertThatThrownBy(whole::available).isInstanceOf(BadFrame.class).hasMessageContainingAll(first, second);
        FrameReader parts = reader(FrameFormat.INT32_LENGTH, 100);
        parts.add(bytes(bytes, 0, 3));
        parts.add(bytes(bytes, 3, 4));
        assertThatThrownBy(parts::available).isInstanceOf(BadFrame.class).hasMessageContainingAll(first, second);
    }

    @Test
    void aFrameOfExactlyTheLimitIsTaken() throws BadFrame {
        FrameReader reader = reader(FrameFormat.INT32_LENGTH, 100);
        byte[] all = frames("x".repeat(96));
        reader.add(bytes(all, 0, all.length));
        assertThat(drain(reader)).hasSize(1);
    }
}
