package io.weir.tdengine.protocol;

import io.weir.core.ErrorKind;
import io.weir.core.WeirException;

/** Bytes that are not what the protocol says. */
final class Malformed {

    private Malformed() {}

    static WeirException error(String message) {
        return WeirException.of(ErrorKind.PROTOCOL, message).system("tdengine").build();
    }
}
