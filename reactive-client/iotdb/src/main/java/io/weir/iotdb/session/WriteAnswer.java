package io.weir.iotdb.session;

import io.weir.iotdb.protocol.Status;

/**
 * What the server said to one request that writes.
 *
 * @param first the first of the rows (or tablets, or records) that the request was about
 * @param count how many it was about
 */
public record WriteAnswer(int first, int count, Status status) {}
