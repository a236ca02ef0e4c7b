package io.weir.sample.telemetry;

import reactor.core.publisher.Flux;

/** Fills the table with history, as one stream that the database takes by tablets as fast as it can. */
final class Loader {

    private final Plant plant;
    private final Store store;

    Loader(Plant plant, Store store) {
        this.plant = plant;
        this.store = store;
    }

    /**
     * Writes the last {@code rows} readings up to a moment.
     *
     * @return how many rows have been written so far, again with each tablet
     */
    Flux<Long> load(long rows, long until) {
        return store.ingest(readings(plant, rows, until)).scan(Long::sum);
    }

    /** Made one by one, when they are asked for. */
    static Flux<Reading> readings(Plant plant, long rows, long until) {
        return Flux.generate(() -> 0L, (row, sink) -> {
            if (row < rows) {
                sink.next(reading(plant, row, rows, until));
            } else {
                sink.complete();
            }
            return row + 1;
        });
    }

    /** The rows go round the machines, and the last round is that of the last moment. */
    private static Reading reading(Plant plant, long row, long rows, long until) {
        int machines = plant.machines().size();
        long roundsBeforeLast = (rows - 1) / machines - row / machines;
        return plant.reading((int) (row % machines), Plant.momentUpTo(until) - roundsBeforeLast * Plant.STEP);
    }
}
