package io.weir.iotdb.protocol;

import io.weir.core.WeirException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a call ended.
 *
 * @param code see {@link StatusCodes}
 * @param message the server's words; empty if it had none
 * @param subStatus one per part of a request that had several, in their order
 * @param redirect the node that would have been the better one to ask
 * @param needRetry whether the server suggests to try again; not a promise that nothing was done
 */
public record Status(
        int code,
        String message,
        List<Status> subStatus,
        @Nullable NodeAddress redirect,
        boolean needRetry) {

    /** The status of a reply that carries none. */
    public static final Status MISSING = new Status(0, "", List.of(), null, false);

    /** Where the server says that another node lives; its own view, which may be wrong from outside. */
    public record NodeAddress(String host, int port) {}

    /** Whether the call did what was asked; a recommendation to ask another node next time is a success. */
    public boolean isSuccess() {
        return code == StatusCodes.SUCCESS
                || code == StatusCodes.REDIRECTION_RECOMMENDED
                || (code == StatusCodes.MULTIPLE
                        && !subStatus.isEmpty()
                        && subStatus.stream().allMatch(Status::isSuccess));
    }

    /**
     * Whether the server was too busy to begin with a write: the same may go well after a while. {@link #needRetry} says
     * less: the server sets it also for limits of time, for faults of its log and for writes that broke off, which may have
     * had their effect.
     */
    public boolean isRejection() {
        return code == StatusCodes.WRITE_REJECTED;
    }

    /** The server's refusal as an error. */
    public WeirException toError() {
        return WeirException.of(StatusCodes.kindOf(code), describe())
                .system("iotdb")
                .code(code)
                .sent(WeirException.Sent.ANSWERED)
                .build();
    }

    private String describe() {
        StringBuilder text = new StringBuilder(message.isEmpty() ? "The server refused, without a reason" : message);
        for (int i = 0; i < subStatus.size() && i < 10; i++) {
            Status part = subStatus.get(i);
            if (!part.isSuccess()) {
                text.append("; part ")
                        .append(i + 1)
                        .append(": ")
                        .append(part.code)
                        .append(' ')
                        .append(part.message);
            }
        }
        return text.append(" (status ").append(code).append(')').toString();
    }

    static Status read(ThriftInput in) {
        in.expect(ThriftType.STRUCT);
        return readStruct(in);
    }

    private static Status readStruct(ThriftInput in) {
        int code = 0;
        String message = "";
        List<Status> subStatus = List.of();
        NodeAddress redirect = null;
        boolean needRetry = false;
        in.beginStruct();
        while (in.nextField()) {
            switch (in.fieldId()) {
                case 1 -> code = in.i32Field();
                case 2 -> message = in.stringField();
                case 3 -> {
                    in.expect(ThriftType.LIST);
                    int size = in.beginList(ThriftType.STRUCT);
                    subStatus = new ArrayList<>(Math.min(size, 1024));
                    for (int i = 0; i < size; i++) {
                        subStatus.add(readStruct(in));
                    }
                }
                case 4 -> redirect = readAddress(in);
                case 5 -> needRetry = in.boolField();
                default -> in.skip();
            }
        }
        return new Status(code, message, subStatus, redirect, needRetry);
    }

    private static NodeAddress readAddress(ThriftInput in) {
        in.expect(ThriftType.STRUCT);
        String host = "";
        int port = 0;
        in.beginStruct();
        while (in.nextField()) {
            switch (in.fieldId()) {
                case 1 -> host = in.stringField();
                case 2 -> port = in.i32Field();
                default -> in.skip();
            }
        }
        return new NodeAddress(host, port);
    }
}
