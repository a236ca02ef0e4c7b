package io.weir.tdengine.session;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Numbers for requests, unique on one connection: from 1 to 2^63 - 1, which is what all parts of the server can carry. The
 * upper half is the connection's own, so that a number is found again in the server's logs.
 */
public final class RequestIds {

    private final long own;
    private final AtomicInteger count = new AtomicInteger();

    /**
     * Numbers for one connection.
     *
     * @param seed anything; what differs for two connections makes their numbers differ
     */
    public RequestIds(int seed) {
        this.own = (seed & 0x7fff_ffffL) << Integer.SIZE;
    }

    /** The next number; from any thread. */
    public long next() {
        int number = count.incrementAndGet();
        return own | ((number == 0 ? count.incrementAndGet() : number) & 0xffff_ffffL);
    }
}
