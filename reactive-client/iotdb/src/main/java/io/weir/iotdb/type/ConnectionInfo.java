package io.weir.iotdb.type;

/**
 * One connection as the server sees it.
 *
 * @param user who logged in
 * @param since when, in milliseconds since 1970
 * @param id the server's own name for it
 * @param way how it came in: {@code THRIFT}, {@code MQTT}, {@code INTERNAL}, {@code REST}
 */
public record ConnectionInfo(String user, long since, String id, String way) {}
