package io.weir.iotdb.protocol;

import io.netty.buffer.ByteBuf;
import io.weir.core.ErrorKind;
import io.weir.core.WeirException;

/** Frames of calls and answers: a length, then one Thrift message. */
public final class Calls {

    private static final int UNKNOWN_METHOD = 1;

    private Calls() {}

    /** Appends the frame of a call, its length in front. */
    public static void write(ByteBuf out, ThriftFormat format, int sequence, Request<?> request) {
        int lengthAt = out.writerIndex();
        out.writeInt(0);
        ThriftOutput thrift = format.output(out);
        thrift.beginCall(request.method(), sequence);
        request.writeArguments(thrift);
        thrift.endCall();
        out.setInt(lengthAt, out.writerIndex() - lengthAt - Integer.BYTES);
    }

    /**
     * Reads the answer to a call.
     *
     * @param frame one message without its length; only its reader index moves
     * @throws WeirException of kind PROTOCOL if the bytes are not an answer to that call, of kind UNSUPPORTED if the
     *     server does not know the method, of kind SERVER if it failed to answer
     */
    public static <T> T read(ByteBuf frame, ThriftFormat format, int sequence, Request<T> request) {
        ThriftInput in = format.input(frame);
        MessageHead head = in.message();
        if (head.kind() == MessageHead.EXCEPTION) {
            throw failure(in, request);
        }
        if (head.kind() != MessageHead.REPLY) {
            throw Malformed.error("The server sent a message of kind " + head.kind() + " where the reply to "
                    + request.method() + " is due");
        }
        if (head.sequence() != sequence || !head.method().equals(request.method())) {
            throw Malformed.error("The server answered " + shortened(head.method()) + " number " + head.sequence()
                    + " where the answer to " + request.method() + " number " + sequence + " is due");
        }
        T value = null;
        in.beginStruct();
        while (in.nextField()) {
            if (in.fieldId() == 0 && value == null) {
                value = request.readValue(in);
            } else {
                in.skip();
            }
        }
        if (value == null) {
            throw Malformed.error("The server's reply to " + request.method() + " has no value");
        }
        if (in.remaining() > 0) {
            throw Malformed.error(in.remaining() + " bytes follow its end", in.position());
        }
        return value;
    }

    private static WeirException failure(ThriftInput in, Request<?> request) {
        String message = "";
        int type = 0;
        in.beginStruct();
        while (in.nextField()) {
            if (in.fieldId() == 1 && in.fieldType() == ThriftType.STRING) {
                message = in.string();
            } else if (in.fieldId() == 2 && in.fieldType() == ThriftType.I32) {
                type = in.i32();
            } else {
                in.skip();
            }
        }
        if (type == UNKNOWN_METHOD) {
            return WeirException.of(
                            ErrorKind.UNSUPPORTED,
                            "This server does not have the call " + request.method() + ": it is older than the call")
                    .system("iotdb")
                    .build();
        }
        return WeirException.of(
                        ErrorKind.SERVER,
                        "The server could not answer the call " + request.method() + ": "
                                + request.withoutSecrets(message) + " (Thrift type " + type + ")")
                .system("iotdb")
                .build();
    }

    private static String shortened(String name) {
        return name.length() <= 40 ? name : name.substring(0, 40) + "…";
    }
}
