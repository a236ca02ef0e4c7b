package io.weir.iotdb.type;

/**
 * Whether a server copies its writes to a second one.
 *
 * @param address of the second server; empty if there is none
 * @param port of the second server; 0 if there is none
 */
public record BackupInfo(boolean enabled, String address, int port) {}
