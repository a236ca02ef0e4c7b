package io.weir.sample.telemetry;

import java.time.Duration;

/** Where snapshots are shown. Showing may block; whoever calls has a thread for that. */
interface Display {

    /** How often it is worth to show a new one. */
    Duration pace();

    void open();

    void show(Snapshot now);

    /** Leaves the terminal as it was found. Closing again does nothing. */
    void close();
}
