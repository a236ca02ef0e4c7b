package io.weir.tdengine.session;

import io.weir.core.ClientEvents;
import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import io.weir.core.wire.Timers;
import io.weir.tdengine.protocol.ErrorCodes;
import io.weir.tdengine.protocol.JsonRequest.Login;
import java.time.Duration;
import java.time.ZoneId;
import java.util.function.Supplier;

/**
 * How a subscription is made, and what holds for its life.
 *
 * @param login who subscribes
 * @param pollTime how long the server waits for a message before it says that there is none
 * @param commitInterval how long after it was processed a message is committed; zero: never by itself
 * @param patience how long a lost connection is tried to be replaced
 * @param rest how long all hosts should still be left alone
 * @param zone in which moments are shown
 * @param events who hears of rows
 * @param timers for the times above
 */
public record ConsumerSettings(
        SubscriptionSpec spec,
        Login login,
        Duration pollTime,
        Duration commitInterval,
        Duration patience,
        Supplier<Duration> rest,
        ZoneId zone,
        ClientEvents events,
        Timers timers) {

    /** The server's refusal of the subscription, with what was asked for. */
    public WeirException refused(WeirException error) {
        if (error.sent() != WeirException.Sent.ANSWERED) {
            return error;
        }
        String said = String.valueOf(error.getMessage());
        String text = "The subscription of group '" + spec.group() + "' to " + spec.topics() + " was refused: " + said;
        // A wrong login may have no code of its own here, only the library's text.
        boolean login = error.code() == ErrorCodes.ADAPTER
                && (said.contains("Authentication failure") || said.contains("Invalid user"));
        return login
                ? WeirException.of(ErrorKind.AUTH, text)
                        .system(error.system())
                        .endpoint(error.endpoint())
                        .connection(error.connection())
                        .code(error.code())
                        .sent(error.sent())
                        .build()
                : error.toBuilder().message(text).build();
    }

    @Override
    public String toString() {
        return "ConsumerSettings[" + spec.group() + "]";
    }
}
