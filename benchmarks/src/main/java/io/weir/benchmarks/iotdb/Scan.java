package io.weir.benchmarks.iotdb;

/** What is scanned by both sides, and how each of them reads it. */
enum Scan {
    /** Pages of the client against the peer's iterator: typed getters on both sides, no object per row but the text. */
    PAGES("iotdb.scan", "pages", "iterator"),

    /** Rows through {@code Result.map} against the peer's row objects. */
    R2DBC("iotdb.r2dbc.scan", "r2dbc", "record");

    private final String prefix;
    private final String ours;
    private final String peer;

    Scan(String prefix, String ours, String peer) {
        this.prefix = prefix;
        this.ours = ours;
        this.peer = peer;
    }

    /** The beginning of the names of its figures. */
    String prefix() {
        return prefix;
    }

    /** The name of our work. */
    String ours() {
        return ours;
    }

    /** The name of the peer's work. */
    String peer() {
        return peer;
    }
}
