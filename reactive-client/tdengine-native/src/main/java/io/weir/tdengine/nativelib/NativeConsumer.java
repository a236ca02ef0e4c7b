package io.weir.tdengine.nativelib;

import io.netty.channel.EventLoop;
import io.weir.core.Endpoint;
import io.weir.tdengine.session.ConsumerSettings;
import io.weir.tdengine.session.ConsumerWire;
import io.weir.tdengine.session.Delivery;
import io.weir.tdengine.type.TopicPlace;
import io.weir.tdengine.type.TopicRange;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * One consumer of the library. It does one thing after another; a poll is cut into short ones, so that what else is asked
 * comes in between. A message that came when nobody waited for it any longer is kept for the next poll: the library gives
 * each of them once.
 */
final class NativeConsumer implements ConsumerWire {

    private static final AtomicLong IDS = new AtomicLong();
    /** For answers that take no work. */
    private static final Duration SHORT = Duration.ofSeconds(30);

    private final Holding holding;
    private final ConsumerHandle handle;
    private final ConsumerSettings settings;
    private final PollTurns polls;
    private final InTurn turn = new InTurn();

    /** What came and was not handed out. Belongs to the event loop. */
    private final Deque<Delivery> held = new ArrayDeque<>();

    private NativeConsumer(
            NativeSource source,
            EventLoop loop,
            LoadedLibrary library,
            Endpoint endpoint,
            ConsumerHandle handle,
            ConsumerSettings settings) {
        this.handle = handle;
        this.settings = settings;
        this.polls = source.polls();
        this.holding = new Holding(
                source,
                loop,
                new Holding.Facts(
                        "tdengine-native-consumer-" + IDS.incrementAndGet(),
                        endpoint,
                        library,
                        work -> turn.execute(source.workers()::execute, work),
                        handle::close));
    }

    /** Blocks. */
    static NativeConsumer subscribe(
            NativeSource source, LoadedLibrary library, Endpoint endpoint, EventLoop loop, ConsumerSettings settings) {
        ConsumerHandle handle = ConsumerHandle.subscribe(library, endpoint, settings);
        return new NativeConsumer(source, loop, library, endpoint, handle, settings);
    }

    // --- messages -------------------------------------------------------------------------------------------------

    @Override
    public Mono<Delivery> poll() {
        return Mono.defer(() -> {
            long end = System.nanoTime() + settings.pollTime().toNanos();
            return kept().switchIfEmpty(shortPoll(end))
                    .repeat(() -> System.nanoTime() - end < 0)
                    .next();
        });
    }

    private Mono<Delivery> kept() {
        return Mono.create(sink -> holding.loop().run(() -> sink.success(held.peek())));
    }

    private Mono<Delivery> shortPoll(long end) {
        BlockingCall.Task<@Nullable Delivery> task = new BlockingCall.Task<>(
                "Polling",
                Duration.ZERO,
                () -> handle.poll(Math.min(polls.patience(), millisUntil(end))),
                this::came,
                late -> {});
        // The first that came, which may be one that another reader has left.
        return holding.call(task, work -> turn.execute(polls::execute, work)).map(any -> held.element());
    }

    private static long millisUntil(long end) {
        return Math.max(0, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime()));
    }

    private void came(@Nullable Delivery delivery) {
        if (delivery != null) {
            held.add(delivery);
            if (holding.isClosing()) {
                closeHeld();
            }
        }
    }

    @Override
    public void handedOut(Delivery delivery) {
        held.remove(delivery);
    }

    @Override
    public void passOver(Delivery delivery) {
        if (held.remove(delivery)) {
            delivery.close();
        }
    }

    private void closeHeld() {
        held.forEach(Delivery::close);
        held.clear();
    }

    // --- offsets --------------------------------------------------------------------------------------------------

    @Override
    public Mono<Void> commit(TopicPlace place, long offset) {
        return run("Committing an offset", () -> handle.commit(place, offset), done -> {});
    }

    @Override
    public Mono<Void> seek(TopicPlace place, long offset) {
        // What has come of this log before is not wanted any longer.
        return run(
                "Seeking",
                () -> handle.seek(place, offset),
                done -> held.removeIf(delivery -> {
                    boolean here = delivery.place().equals(place);
                    if (here) {
                        delivery.close();
                    }
                    return here;
                }));
    }

    @Override
    public Mono<List<TopicRange>> assignment(String topic) {
        return ask("Asking for the assignment", () -> handle.assignment(topic));
    }

    @Override
    public Mono<List<Long>> position(List<TopicPlace> places) {
        return ask("Asking for positions", () -> handle.position(places));
    }

    @Override
    public Mono<List<Long>> committed(List<TopicPlace> places) {
        return ask("Asking for what is committed", () -> handle.committed(places));
    }

    @Override
    public Mono<List<String>> topics() {
        return ask("Asking for the topics", handle::topics);
    }

    private <T> Mono<T> ask(String what, Callable<T> question) {
        return holding.call(what, settings.pollTime().plus(SHORT), question);
    }

    private Mono<Void> run(String what, Runnable work, Consumer<Boolean> arrived) {
        Callable<Boolean> blocking = () -> {
            work.run();
            return true;
        };
        return holding.call(what, settings.pollTime().plus(SHORT), blocking, arrived, late -> {})
                .then();
    }

    // --- the consumer ---------------------------------------------------------------------------------------------

    @Override
    public Mono<Void> unsubscribe() {
        return holding.close(this::closeHeld);
    }

    @Override
    public boolean isOpen() {
        return !holding.isClosing();
    }

    Mono<Void> onClose() {
        return holding.onClose();
    }

    @Override
    public Endpoint endpoint() {
        return holding.endpoint();
    }

    @Override
    public String id() {
        return holding.id();
    }

    @Override
    public String toString() {
        return holding.toString();
    }
}
