package io.weir.tdengine.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.weir.core.WeirException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Prints messages of the WebSocket for people: requests and answers, their fields by name, blocks of rows in a line.
 * Passwords and tokens are left out.
 */
public final class FrameExplainer {

    private static final int REQUEST_HEAD = 26;
    private static final int MOST_TEXT = 2000;

    private static final Pattern SECRETS =
            Pattern.compile("(\"(?:password|token|bearer_token|totp_code)\"\\s*:\\s*)\"(?:[^\"\\\\]|\\\\.)*\"");
    private static final Pattern SQL = Pattern.compile("(\"sql\"\\s*:\\s*\")((?:[^\"\\\\]|\\\\.)*)\"");

    private FrameExplainer() {}

    /** Explains the message whose bytes are given as hexadecimal digits; other characters between them do not matter. */
    public static void main(String[] args) {
        String digits = String.join("", args).replaceAll("0[xX]|[^0-9a-fA-F]", "");
        if (digits.isEmpty() || digits.length() % 2 != 0) {
            System.err.println("Give the bytes of a message as hexadecimal digits, two for each byte.");
            System.exit(2);
        }
        System.out.print(explain(Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(digits))));
    }

    /** Explains one message, without the head of its WebSocket frame. */
    public static String explain(ByteBuf message) {
        int size = message.readableBytes();
        StringBuilder out = new StringBuilder();
        try {
            if (size > 0 && message.getByte(message.readerIndex()) == '{') {
                text(out, message);
            } else if (FetchAnswer.isOne(message)) {
                fetched(out, message);
            } else if (size >= REQUEST_HEAD) {
                request(out, message);
            } else {
                line(out, 0, size + " bytes, which is no message of TDengine");
            }
        } catch (WeirException e) {
            line(out, 1, "… " + e.getMessage());
        }
        return out.toString();
    }

    private static void text(StringBuilder out, ByteBuf message) {
        String json = message.toString(StandardCharsets.UTF_8);
        boolean isRequest = json.contains("\"args\"");
        line(out, 0, (isRequest ? "request" : "answer") + " as text, " + message.readableBytes() + " bytes");
        String shown = SECRETS.matcher(json).replaceAll("$1\"***\"");
        shown = SQL.matcher(shown)
                .replaceAll(found ->
                        java.util.regex.Matcher.quoteReplacement(found.group(1) + SqlText.mask(found.group(2)) + "\""));
        line(out, 1, shortened(shown));
    }

    private static void fetched(StringBuilder out, ByteBuf message) {
        line(out, 0, "answer to a fetch, " + message.readableBytes() + " bytes");
        FetchAnswer answer = FetchAnswer.read(message);
        line(out, 1, "request: " + answer.requestId() + ", result: " + answer.resultId());
        if (answer.error() != null) {
            line(out, 1, "error: " + answer.error().getMessage());
        } else if (answer.block() == null) {
            line(out, 1, "no more rows");
        } else {
            line(out, 1, "block: " + RawBlock.read(answer.block().nioBuffer()));
        }
    }

    private static void request(StringBuilder out, ByteBuf message) {
        int size = message.readableBytes();
        long requestId = message.readLongLE();
        long subject = message.readLongLE();
        long action = message.readLongLE();
        message.skipBytes(2);
        line(out, 0, "request " + name(action) + ", " + size + " bytes");
        line(out, 1, "request: " + requestId + (subject == 0 ? "" : ", of: " + subject));
        if (action == BinaryRequests.QUERY || action == BinaryRequests.VALIDATE) {
            long length = Math.min(message.readUnsignedIntLE(), message.readableBytes());
            String sql = message.toString(message.readerIndex(), (int) length, StandardCharsets.UTF_8);
            line(out, 1, "sql: " + shortened(SqlText.mask(sql)));
        } else if (action == BinaryRequests.BIND && message.readableBytes() >= 20) {
            message.skipBytes(8);
            line(
                    out,
                    1,
                    message.readUnsignedIntLE() + " tables, " + message.readUnsignedIntLE() + " tags, "
                            + message.readUnsignedIntLE() + " columns");
        } else if (action == BinaryRequests.BIND_AND_EXECUTE && message.readableBytes() >= 16) {
            message.skipBytes(4);
            line(
                    out,
                    1,
                    message.readUnsignedIntLE() + " rows, " + message.readUnsignedIntLE() + " tables, "
                            + message.readUnsignedIntLE() + " fields");
        }
    }

    private static String name(long action) {
        return switch ((int) Math.min(action, 99)) {
            case BinaryRequests.QUERY -> "binary_query";
            case BinaryRequests.FETCH -> "fetch_raw_block";
            case BinaryRequests.BIND -> "stmt2_bind";
            case BinaryRequests.VALIDATE -> "validate_sql";
            case BinaryRequests.BIND_AND_EXECUTE -> "stmt2_bind_exec";
            default -> "of action " + action + ", which is unknown";
        };
    }

    private static String shortened(String text) {
        return text.length() <= MOST_TEXT ? text : text.substring(0, MOST_TEXT) + "…";
    }

    private static void line(StringBuilder out, int level, String text) {
        out.append(String.format(Locale.ROOT, "%s%s%n", "  ".repeat(level), text));
    }
}
