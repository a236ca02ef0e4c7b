package io.weir.iotdb;

import io.weir.iotdb.type.Tablet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;

/**
 * How a stream is written: how its elements become tablets, and how many of these are under way at a time. Immutable; each
 * method gives another one.
 *
 * <pre>{@code
 * client.writes().ingest(readings, Ingestion.ofRows(
 *         () -> Tablet.ofTable("machines").tag("line").column("temperature", IotdbType.DOUBLE).build(),
 *         (Reading r, Tablet t) -> t.row(r.time()).set("line", r.line()).set("temperature", r.temperature())))
 * }</pre>
 *
 * @param <T> what the stream consists of
 */
public final class Ingestion<T> {

    private final Function<List<T>, Collection<Tablet>> gathering;
    private final int rowsPerTablet;
    private final int inFlight;
    private final @Nullable Duration maxDelay;
    private final @Nullable Scheduler timer;
    private final Duration rejectedFor;

    private Ingestion(
            Function<List<T>, Collection<Tablet>> gathering,
            int rowsPerTablet,
            int inFlight,
            @Nullable Duration maxDelay,
            @Nullable Scheduler timer,
            Duration rejectedFor) {
        this.gathering = gathering;
        this.rowsPerTablet = rowsPerTablet;
        this.inFlight = inFlight;
        this.maxDelay = maxDelay;
        this.timer = timer;
        this.rejectedFor = rejectedFor;
    }

    private static <T> Ingestion<T> of(Function<List<T>, Collection<Tablet>> gathering, int rowsPerTablet) {
        return new Ingestion<>(gathering, rowsPerTablet, 4, null, null, Duration.ofMinutes(1));
    }

    /** Of tablets that the stream brings. Each is in flight until its answer is there, see {@link Tablet}. */
    public static Ingestion<Tablet> ofTablets() {
        return of(tablets -> tablets, 1);
    }

    /**
     * Of anything that can be put into rows of one device or table.
     *
     * @param tablet makes a tablet without rows
     * @param mapper adds the rows of an element to the tablet: mostly one
     */
    public static <T> Ingestion<T> ofRows(Supplier<Tablet> tablet, BiConsumer<? super T, ? super Tablet> mapper) {
        return of(
                elements -> {
                    Tablet made = tablet.get();
                    elements.forEach(element -> mapper.accept(element, made));
                    return List.of(made);
                },
                1000);
    }

    /**
     * Of anything that can be put into rows of many devices (or tables): those that were gathered together are sorted by
     * device, and travel together.
     *
     * @param device the device of an element
     * @param tablet makes a tablet without rows for a device
     * @param mapper adds the rows of an element to the tablet of its device: mostly one
     */
    public static <T> Ingestion<T> ofRows(
            Function<? super T, String> device,
            Function<String, Tablet> tablet,
            BiConsumer<? super T, ? super Tablet> mapper) {
        return of(
                elements -> {
                    Map<String, Tablet> made = new LinkedHashMap<>();
                    for (T element : elements) {
                        mapper.accept(element, made.computeIfAbsent(device.apply(element), tablet));
                    }
                    return new ArrayList<>(made.values());
                },
                1000);
    }

    /** How many elements are gathered before they are sent. Default: 1000; of tablets: each by itself. */
    public Ingestion<T> gather(int elements) {
        atLeastOne(elements, "gather");
        return new Ingestion<>(gathering, elements, inFlight, maxDelay, timer, rejectedFor);
    }

    /**
     * How long an element may wait for others, so that a slow stream is written in time. Default: as long as it takes, or
     * until the stream ends.
     *
     * @param scheduler who keeps the time, such as {@code Schedulers.parallel()}; nothing but the request is made there
     */
    public Ingestion<T> maxDelay(Duration delay, Scheduler scheduler) {
        if (delay.isNegative() || delay.isZero()) {
            throw new IllegalArgumentException("A delay of " + delay + " was given: more than zero is possible");
        }
        return new Ingestion<>(gathering, rowsPerTablet, inFlight, delay, scheduler, rejectedFor);
    }

    /**
     * How many tablets are under way at a time; the stream is asked for more only when one of them is done. Those that are
     * under way together may be written in any order: where rows of one device and time follow each other and the last one
     * has to win, set 1. Default: 4.
     */
    public Ingestion<T> inFlight(int tablets) {
        atLeastOne(tablets, "inFlight");
        return new Ingestion<>(gathering, rowsPerTablet, tablets, maxDelay, timer, rejectedFor);
    }

    /**
     * How long a tablet is tried again that a server rejects for being too busy. While such a server has to be left alone
     * nothing more is sent or asked of the stream; how long that is, is for the back-off of that host to say
     * ({@link IotdbOptions#HOST_RETRY}). Then what was rejected is sent again. Past this time the tablet is given up and
     * stands among the refusals. Default: a minute; zero: each tablet is sent once.
     */
    public Ingestion<T> whenRejected(Duration tryFor) {
        if (tryFor.isNegative()) {
            throw new IllegalArgumentException("A time of " + tryFor + " was given: zero or more is possible");
        }
        return new Ingestion<>(gathering, rowsPerTablet, inFlight, maxDelay, timer, tryFor);
    }

    private static void atLeastOne(int value, String name) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " is " + value + ": at least 1 is possible");
        }
    }

    Flux<List<T>> batches(Flux<T> source) {
        return maxDelay == null || timer == null
                ? source.buffer(rowsPerTablet)
                : source.bufferTimeout(rowsPerTablet, maxDelay, timer, true);
    }

    Collection<Tablet> tablets(List<T> batch) {
        return gathering.apply(batch);
    }

    int inFlight() {
        return inFlight;
    }

    Duration rejectedFor() {
        return rejectedFor;
    }
}
