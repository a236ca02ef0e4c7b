package io.weir.server.tdengine.block;

/**
 * What differs between blocks of different servers.
 *
 * @param version 1 in query results, 2 in subscriptions
 * @param blankFill whether one byte follows the columns, as servers from 3.3 on send it
 */
public record BlockFormat(int version, boolean blankFill) {

    public static final BlockFormat QUERY = new BlockFormat(1, true);
    public static final BlockFormat SUBSCRIPTION = new BlockFormat(2, true);
}
