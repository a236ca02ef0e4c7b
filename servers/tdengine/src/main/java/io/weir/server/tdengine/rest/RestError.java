package io.weir.server.tdengine.rest;

/** A refusal with an HTTP status of its own. */
final class RestError extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int status;
    private final int code;

    RestError(int status, int code, String text) {
        super(text, null, false, false);
        this.status = status;
        this.code = code;
    }

    int status() {
        return status;
    }

    int code() {
        return code;
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
