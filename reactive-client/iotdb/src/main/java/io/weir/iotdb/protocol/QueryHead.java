package io.weir.iotdb.protocol;

/**
 * What every call that opens a query carries.
 *
 * @param fetchSize how many rows to send at once; the server rounds up to whole blocks
 * @param timeoutMillis how long the query may live on the server, reading its rows included; 0 leaves it to the server
 */
public record QueryHead(long sessionId, long statementId, int fetchSize, long timeoutMillis) {}
