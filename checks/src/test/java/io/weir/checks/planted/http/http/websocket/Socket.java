package io.weir.checks.planted.http.http.websocket;

/** Planted: something of the HTTP module. */
public final class Socket {}
