package io.weir.checks.planted.http.toy;

import io.netty.handler.codec.http.HttpMethod;
import io.weir.checks.planted.http.http.websocket.Socket;
import tools.jackson.core.TokenStreamFactory;

/** Planted: a system with a protocol of its own that knows HTTP, JSON and the module for both. */
final class Toy {
    HttpMethod method = HttpMethod.GET;
    Socket socket = new Socket();
    Class<?> json = TokenStreamFactory.class;
}
