package io.weir.iotdb.protocol;

import io.weir.core.ErrorKind;
import io.weir.core.WeirException;

/** The error of bytes that are not what the protocol says. */
final class Malformed {

    private Malformed() {}

    static WeirException error(String what, int position) {
        return error("The server's answer can not be read at byte " + position + " of its frame: " + what);
    }

    static WeirException error(String message) {
        return WeirException.of(ErrorKind.PROTOCOL, message).system("iotdb").build();
    }
}
