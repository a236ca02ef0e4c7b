package io.weir.http.websocket;

/** What came is no message that the protocol allows. */
final class BadMessage extends Exception {

    private static final long serialVersionUID = 1L;

    BadMessage(String text) {
        super(text, null, false, false);
    }

    static BadMessage tooLong(int limit) {
        return new BadMessage("A message is longer than the limit of " + limit
                + " bytes: raise the option maxFrameSize, or ask for fewer or shorter rows at a time");
    }
}
