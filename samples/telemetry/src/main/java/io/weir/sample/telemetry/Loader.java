package io.weir.sample.telemetry;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import reactor.core.publisher.Flux;

/** Fills the table with history, many rows to a statement, a few statements at a time. */
final class Loader {

    private static final int ROWS_PER_STATEMENT = 1_000;

    /** More than the server has cores for do not make it faster. */
    private static final int STATEMENTS_AT_A_TIME = 3;

    private final Plant plant;
    private final Readings store;

    Loader(Plant plant, Readings store) {
        this.plant = plant;
        this.store = store;
    }

    /**
     * Writes the last {@code rows} readings up to a moment.
     *
     * @return how many rows have been written so far, again with each statement
     */
    Flux<Long> load(long rows, long until) {
        long statements = (rows + ROWS_PER_STATEMENT - 1) / ROWS_PER_STATEMENT;
        return Flux.fromStream(() -> LongStream.range(0, statements).boxed())
                .flatMap(statement -> store.insert(batch(plant, statement, rows, until)), STATEMENTS_AT_A_TIME)
                .scan(Long::sum);
    }

    /** The readings of the statement of that number. */
    static List<Reading> batch(Plant plant, long statement, long rows, long until) {
        long first = statement * ROWS_PER_STATEMENT;
        int size = (int) Math.min(ROWS_PER_STATEMENT, rows - first);
        return IntStream.range(0, size)
                .mapToObj(i -> reading(plant, first + i, rows, until))
                .toList();
    }

    /** The rows go round the machines, and the last round is that of the last moment. */
    private static Reading reading(Plant plant, long row, long rows, long until) {
        int machines = plant.machines().size();
        long roundsBeforeLast = (rows - 1) / machines - row / machines;
        return plant.reading((int) (row % machines), Plant.momentUpTo(until) - roundsBeforeLast * Plant.STEP);
    }
}
