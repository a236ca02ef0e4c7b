package io.weir.testkit.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.EventConditions.test;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.instanceOf;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import io.netty.buffer.AdaptiveByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BufferGuardTest {

    private static final Duration SOON = Duration.ofMillis(50);
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final List<ByteBuf> PLANTED = new ArrayList<>();

    @Test
    void aPlantedLeakFailsItsTestAndSaysWhereTheBufferWasMade() {
        var results = Runs.of(PlantedLeak.class);
        release();
        results.testEvents()
                .assertThatEvents()
                .haveExactly(
                        1,
                        event(
                                test("leaks"),
                                finishedWithFailure(
                                        instanceOf(AssertionError.class),
                                        message(text -> text.startsWith("Leaked 2 buffers: ")
                                                && text.contains("2 buffers made:")
                                                && text.contains(".plantTwo(BufferGuardTest.java")
                                                && !text.contains("LiveBuffers")))));
        assertThat(results.testEvents().succeeded().count())
                .as("the tests that leak nothing")
                .isEqualTo(1);
    }

    @Test
    void aLeakOfTheClassItselfIsFound() {
        var results = Runs.of(LeakAfterTheLastTest.class);
        release();
        assertThat(results.testEvents().failed().count()).isZero();
        results.containerEvents()
                .assertThatEvents()
                .haveExactly(
                        1,
                        event(finishedWithFailure(message(text ->
                                text.startsWith("Leaked 1 buffer: ") && text.contains("the last test of the class")))));
    }

    @Test
    void aBufferThatIsReleasedLateIsWaitedFor() {
        assertThat(Runs.of(ReleasedLate.class).testEvents().succeeded().count()).isEqualTo(1);
    }

    static Stream<Arguments> allocations() {
        var adaptive = new AdaptiveByteBufAllocator();
        Stream<Arguments> all = Stream.of(adaptive, PooledByteBufAllocator.DEFAULT, ByteBufAllocator.DEFAULT)
                .flatMap(allocator -> Stream.of(
                        allocation(allocator, "heap", a -> a.heapBuffer(8)),
                        allocation(allocator, "composite of heap", a -> a.compositeHeapBuffer(4))));
        Stream<Arguments> direct = Stream.of(
                        adaptive,
                        PooledByteBufAllocator.DEFAULT,
                        ByteBufAllocator.DEFAULT,
                        UnpooledByteBufAllocator.DEFAULT)
                .flatMap(allocator -> Stream.of(
                        allocation(allocator, "direct", a -> a.directBuffer(8)),
                        allocation(allocator, "for i/o", a -> a.ioBuffer(8)),
                        allocation(allocator, "composite of direct", a -> a.compositeDirectBuffer(4))));
        return Stream.concat(all, direct);
    }

    private static Arguments allocation(
            ByteBufAllocator allocator, String kind, Function<ByteBufAllocator, ByteBuf> allocate) {
        return Arguments.of(allocator.getClass().getSimpleName(), kind, allocator, allocate);
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("allocations")
    void everyAllocatorIsCounted(
            String name, String kind, ByteBufAllocator allocator, Function<ByteBufAllocator, ByteBuf> allocate) {
        int before = LiveBuffers.count();
        ByteBuf buffer = allocate.apply(allocator);
        assertThat(LiveBuffers.count()).isEqualTo(before + 1);
        buffer.release();
        assertThat(LiveBuffers.count()).isEqualTo(before);
    }

    @Test
    void aRetainedSliceKeepsItsParentLive() {
        int before = LiveBuffers.count();
        ByteBuf parent = TrackedBuffers.ofHex("00 01 02 03");
        ByteBuf slice = parent.retainedSlice(1, 2);
        parent.release();
        assertThat(LiveBuffers.count()).isGreaterThan(before);
        slice.release();
        assertThat(LiveBuffers.count()).isEqualTo(before);
    }

    private static void plantTwo() {
        for (int i = 0; i < 2; i++) {
            PLANTED.add(ByteBufAllocator.DEFAULT.directBuffer(16));
        }
    }

    private static void release() {
        PLANTED.forEach(ByteBuf::release);
        PLANTED.clear();
    }

    static class PlantedLeak {

        @RegisterExtension
        static final BufferGuard GUARD = new BufferGuard(SOON);

        @Test
        void leaks() {
            plantTwo();
        }

        @Test
        void leaksNothing() {
            TrackedBuffers.of((byte) 1).release();
        }
    }

    static class LeakAfterTheLastTest {

        @RegisterExtension
        static final BufferGuard GUARD = new BufferGuard(SOON);

        @Test
        void leaksNothing() {}

        @AfterAll
        static void leak() {
            PLANTED.add(TrackedBuffers.of((byte) 1));
        }
    }

    static class ReleasedLate {

        @RegisterExtension
        static final BufferGuard GUARD = new BufferGuard(LONG);

        @Test
        void leavesTheReleaseToAnotherThread() {
            ByteBuf buffer = TrackedBuffers.of((byte) 1);
            CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS).execute(buffer::release);
        }
    }
}
