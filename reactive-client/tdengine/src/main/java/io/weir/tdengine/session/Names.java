package io.weir.tdengine.session;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How often names have begun to stand for something else: tables for all sessions of a client, and in one session all names
 * when it enters another database. What was prepared before is not to be used behind it.
 */
public final class Names {

    /** A moment between two changes. */
    record Age(long everywhere, long here) {}

    private final AtomicLong everywhere;
    private final AtomicLong here = new AtomicLong();

    private Names(AtomicLong everywhere) {
        this.everywhere = everywhere;
    }

    /** Of a client. */
    public Names() {
        this(new AtomicLong());
    }

    /** Of one of its sessions. */
    Names ofSession() {
        return new Names(everywhere);
    }

    Age age() {
        return new Age(everywhere.get(), here.get());
    }

    void changedEverywhere() {
        everywhere.incrementAndGet();
    }

    void changedHere() {
        here.incrementAndGet();
    }
}
