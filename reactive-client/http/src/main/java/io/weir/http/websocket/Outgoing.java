package io.weir.http.websocket;

import io.netty.buffer.ByteBuf;
import io.weir.core.WeirException;

/** One message to send. It travels once; its methods are called on the wire's event loop. */
public abstract sealed class Outgoing permits KeyedExchange, Notice {

    private final String operation;
    private final Form form;

    /** Which message of the wire it became; zero: none yet. Belongs to the event loop. */
    long number;

    /** @param operation what is asked, in a word or two, for error texts and metrics; never a secret */
    protected Outgoing(String operation, Form form) {
        this.operation = operation;
        this.form = form;
    }

    /** Appends the message. If it throws, only this request fails. */
    protected abstract void encode(ByteBuf out);

    /** Whether its bytes, and those of its answer, must not be logged, not even at TRACE: a login. */
    protected boolean confidential() {
        return false;
    }

    /** What is asked. */
    public final String operation() {
        return operation;
    }

    final Form form() {
        return form;
    }

    /** It never will be written. */
    abstract void unwritten(WeirException why);
}
