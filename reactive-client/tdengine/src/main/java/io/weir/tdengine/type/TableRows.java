package io.weir.tdengine.type;

import io.weir.core.Page;

/**
 * Rows of one table in a message of a subscription.
 *
 * @param table its name; empty if the subscription leaves names out
 * @param page the rows, which end with the message
 */
public record TableRows(String table, Page page) {}
