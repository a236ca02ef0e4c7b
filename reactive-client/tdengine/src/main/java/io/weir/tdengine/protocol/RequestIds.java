package io.weir.tdengine.protocol;

/**
 * Numbers for requests, unique on one connection: from 1 to 2^63 - 1, which is what all parts of the server can carry. The
 * upper half is the connection's own, so that a number is found again in the server's logs. Not thread-safe.
 */
public final class RequestIds {

    private final long own;
    private int count;

    /** @param seed anything; what differs for two connections makes their numbers differ */
    public RequestIds(int seed) {
        this.own = (seed & 0x7fff_ffffL) << Integer.SIZE;
    }

    public long next() {
        count++;
        if (count == 0) {
            count = 1;
        }
        return own | (count & 0xffff_ffffL);
    }
}
