package io.weir.checks.planted.protocol.toy.protocol;

import java.net.Socket;
import reactor.core.publisher.Mono;

/** Planted: bytes that know operators, sockets and the time. */
final class Decoder {
    Class<?> operator = Mono.class;
    Class<?> socket = Socket.class;
    long now = System.nanoTime();
}
