package io.weir.sample.telemetry;

import java.io.PrintStream;
import java.time.Duration;

/** A line a second. */
final class PlainDisplay implements Display {

    private final PrintStream out;

    PlainDisplay(PrintStream out) {
        this.out = out;
    }

    @Override
    public Duration pace() {
        return Duration.ofSeconds(1);
    }

    @Override
    public void open() {}

    @Override
    public void show(Snapshot now) {
        out.println(PlainLine.of(now));
        // A closed pipe throws nothing; without this the sample would go on for nobody.
        if (out.checkError()) {
            throw new IllegalStateException("The output is closed.");
        }
    }

    @Override
    public void close() {}
}
