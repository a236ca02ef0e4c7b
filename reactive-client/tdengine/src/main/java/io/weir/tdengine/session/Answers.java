package io.weir.tdengine.session;

import io.weir.core.WeirException;
import io.weir.http.websocket.Form;
import io.weir.http.websocket.Incoming;
import io.weir.http.websocket.KeyedProtocol;
import io.weir.http.websocket.KeyedWire;
import io.weir.tdengine.protocol.AnswerHead;
import io.weir.tdengine.protocol.JsonAnswer;
import org.jspecify.annotations.Nullable;

/** Finds the request that an answer belongs to. */
final class Answers implements KeyedProtocol<AnswerHead> {

    @Override
    public @Nullable AnswerHead key(Incoming answer) {
        return answer.form() == Form.TEXT ? AnswerHead.ofText(answer.content()) : AnswerHead.ofBinary(answer.content());
    }

    @Override
    public void unexpected(KeyedWire<AnswerHead> wire, Incoming answer) {
        if (answer.form() == Form.TEXT) {
            try {
                free(wire, JsonAnswer.read(answer.content().duplicate()));
            } catch (WeirException noJson) {
                // It was of no use anyway.
            }
        }
    }

    /** Frees the result that an answer has opened, when nobody will read it. */
    static void free(KeyedWire<AnswerHead> wire, JsonAnswer answer) {
        boolean opens =
                answer.action().equals("binary_query") || answer.action().equals("stmt2_result");
        if (opens && answer.number("id") != 0) {
            wire.tell(Told.freeResult(answer.number("id")));
        }
    }
}
