package io.weir.iotdb.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;

class CallsTest {

    private static final OpenSession LOGIN = new OpenSession("Z", "me", "s3cret", Map.of());

    /** A reply as a server writes it: the method's name, the number, and the struct that holds the value. */
    private static ByteBuf message(int kind, String method, int sequence, String struct) {
        ByteBuf out = Unpooled.buffer();
        out.writeInt(BinaryOutput.VERSION | kind);
        out.writeInt(method.length());
        ByteBufUtil.writeUtf8(out, method);
        out.writeInt(sequence);
        return out.writeBytes(ByteBufUtil.decodeHexDump(struct.replace(" ", "")));
    }

    private static AbstractThrowableAssert<?, ?> reading(ByteBuf message, Request<?> request, ErrorKind kind) {
        return assertThatThrownBy(() -> Calls.read(message, ThriftFormat.BINARY, 7, request))
                .isInstanceOfSatisfying(
                        WeirException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }

    private static String exception(String message, int type) {
        ByteBuf struct = Unpooled.buffer();
        struct.writeByte(11).writeShort(1).writeInt(message.length());
        ByteBufUtil.writeUtf8(struct, message);
        struct.writeByte(8).writeShort(2).writeInt(type).writeByte(0);
        return ByteBufUtil.hexDump(struct);
    }

    @Test
    void theLengthInFrontCountsTheMessage() {
        ByteBuf out = Unpooled.buffer().writeByte(99);
        Calls.write(out, ThriftFormat.BINARY, 1, new RequestStatementId(5));

        assertThat(ByteBufUtil.hexDump(out, 1, out.writerIndex() - 1))
                .isEqualTo("0000002a" + "80010001" + "00000012"
                        + ByteBufUtil.hexDump("requestStatementId".getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                        + "00000001" + "0a00010000000000000005" + "00");
    }

    @Test
    void aReplyIsReadWithItsValue() {
        ByteBuf reply = message(MessageHead.REPLY, "requestStatementId", 7, "0a0000 0000000000000009 00");
        assertThat(Calls.read(reply, ThriftFormat.BINARY, 7, new RequestStatementId(1)))
                .isEqualTo(9L);
    }

    @Test
    void anAnswerToAnotherCallIsAProtocolError() {
        Request<?> asked = new RequestStatementId(1);
        reading(message(MessageHead.REPLY, "requestStatementId", 8, "00"), asked, ErrorKind.PROTOCOL)
                .hasMessageContaining("requestStatementId number 8 where the answer to requestStatementId number 7");
        reading(message(MessageHead.REPLY, "openSession", 7, "00"), asked, ErrorKind.PROTOCOL)
                .hasMessageContaining("openSession number 7");
        reading(message(MessageHead.CALL, "requestStatementId", 7, "00"), asked, ErrorKind.PROTOCOL)
                .hasMessageContaining("kind 1");
    }

    @Test
    void aReplyWithoutValueOrWithMoreBytesIsAProtocolError() {
        Request<?> asked = new RequestStatementId(1);
        reading(message(MessageHead.REPLY, "requestStatementId", 7, "00"), asked, ErrorKind.PROTOCOL)
                .hasMessageContaining("no value");
        ByteBuf longer = message(MessageHead.REPLY, "requestStatementId", 7, "0a0000 0000000000000009 00 00");
        reading(longer, asked, ErrorKind.PROTOCOL).hasMessageContaining("1 bytes follow");
    }

    @Test
    void anUnknownMethodIsUnsupported() {
        ByteBuf answer =
                message(MessageHead.EXCEPTION, "requestStatementId", 7, exception("Invalid method name: 'x'", 1));
        reading(answer, new RequestStatementId(1), ErrorKind.UNSUPPORTED)
                .hasMessageContaining("does not have the call requestStatementId");
    }

    @Test
    void theServersExceptionNeverRepeatsThePassword() {
        ByteBuf answer = message(
                MessageHead.EXCEPTION, "openSession", 7, exception("bad TSOpenSessionReq(password:s3cret, x:1)", 7));
        reading(answer, LOGIN, ErrorKind.SERVER)
                .hasMessageContaining("password:***")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void aRequestThatIsPrintedHidesThePassword() {
        assertThat(LOGIN.toString()).contains("me").doesNotContain("s3cret");
    }
}
