package io.weir.tdengine.session;

import io.weir.core.ErrorKind;
import io.weir.core.ResultPart;
import io.weir.core.WeirException;
import io.weir.http.json.JsonReader;
import io.weir.tdengine.protocol.ErrorCodes;
import io.weir.tdengine.protocol.JsonAnswer;
import io.weir.tdengine.protocol.RestAnswer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** One answer of HTTP, and what refusals by its status mean. */
final class RestReader implements JsonReader<ResultPart> {

    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int UNAVAILABLE = 503;
    /** Over REST these words alone tell it from an address that may not connect. */
    private static final String REJECTED = "sql rejected";

    private final RestAnswer answer;

    RestReader(RestAnswer answer) {
        this.answer = answer;
    }

    @Override
    public @Nullable ResultPart token(JsonToken token, JsonParser parser) {
        return answer.token(token, parser);
    }

    @Override
    public @Nullable WeirException refused(int status, String body) {
        JsonAnswer said;
        try {
            said = JsonAnswer.read(body);
        } catch (WeirException noJson) {
            return null;
        }
        int code = said.code();
        if (code == 0) {
            return null;
        }
        WeirException refusal = ErrorCodes.error(code, said.text("desc"));
        // The adapter's own codes do not say what its statuses do.
        return switch (status) {
            case UNAUTHORIZED -> as(ErrorKind.AUTH, refusal, "");
            case FORBIDDEN ->
                said.text("desc").equals(REJECTED)
                        ? ErrorCodes.error(ErrorCodes.REJECTED, REJECTED)
                        : as(ErrorKind.PERMISSION, refusal, "");
            case UNAVAILABLE ->
                as(ErrorKind.OVERLOAD, refusal, "; the adapter has no room for it now: try again later");
            default -> refusal;
        };
    }

    private static WeirException as(ErrorKind kind, WeirException refusal, String advice) {
        return WeirException.of(kind, refusal.getMessage() + advice)
                .system(refusal.system())
                .code(refusal.code())
                .sent(refusal.sent())
                .build();
    }
}
