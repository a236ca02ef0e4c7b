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
    private final Patience patience;

    /**
     * How to treat a server that is too busy.
     *
     * @param first the pause after the first rejection; it doubles with each one that follows
     * @param longest the longest pause
     * @param rejections after how many in a row a tablet is given up
     */
    record Patience(Duration first, Duration longest, int rejections) {}

    private Ingestion(
            Function<List<T>, Collection<Tablet>> gathering,
            int rowsPerTablet,
            int inFlight,
            @Nullable Duration maxDelay,
            @Nullable Scheduler timer,
            Patience patience) {
        this.gathering = gathering;
        this.rowsPerTablet = rowsPerTablet;
        this.inFlight = inFlight;
        this.maxDelay = maxDelay;
        this.timer = timer;
        this.patience = patience;
    }

    private static <T> Ingestion<T> of(Function<List<T>, Collection<Tablet>> gathering, int rowsPerTablet) {
        return new Ingestion<>(
                gathering,
                rowsPerTablet,
                4,
                null,
                null,
                new Patience(Duration.ofMillis(100), Duration.ofSeconds(10), 12));
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
        return new Ingestion<>(gathering, elements, inFlight, maxDelay, timer, patience);
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
        return new Ingestion<>(gathering, rowsPerTablet, inFlight, delay, scheduler, patience);
    }

    /**
     * How many tablets are under way at a time; the stream is asked for more only when one of them is done. Those that are
     * under way together may be written in any order: where rows of one device and time follow each other and the last one
     * has to win, set 1. Default: 4.
     */
    public Ingestion<T> inFlight(int tablets) {
        atLeastOne(tablets, "inFlight");
        return new Ingestion<>(gathering, rowsPerTablet, tablets, maxDelay, timer, patience);
    }

    /**
     * What to do when the server rejects writes because it is too busy: nothing more is sent or asked of the stream for a
     * while, then what was rejected is sent again. Default: pauses of 100 ms, doubled up to 10 s; after 12 rejections in a
     * row (about a minute) a tablet is given up and stands among the refusals.
     *
     * @param first the first pause
     * @param longest the longest pause
     * @param rejections after how many rejections a tablet is given up
     */
    public Ingestion<T> whenRejected(Duration first, Duration longest, int rejections) {
        if (first.isNegative() || first.isZero() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException(
                    "Pauses from " + first + " to " + longest + " were given: 0 < first <= longest is possible");
        }
        atLeastOne(rejections, "rejections");
        return new Ingestion<>(
                gathering, rowsPerTablet, inFlight, maxDelay, timer, new Patience(first, longest, rejections));
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

    Patience patience() {
        return patience;
    }
}
