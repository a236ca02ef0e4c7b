package io.weir.tdengine.protocol;

import io.weir.core.WeirException;
import io.weir.tdengine.type.MessageType;
import io.weir.tdengine.type.TopicPlace;
import org.jspecify.annotations.Nullable;

/**
 * What a poll has brought: where a message stands, not yet what is in it.
 *
 * @param messageId by which it is fetched
 * @param offset where it begins in its log
 */
public record PollAnswer(TopicPlace place, String database, MessageType type, long messageId, long offset) {

    /**
     * Reads the answer to a poll; null if there is no message.
     *
     * @throws WeirException of kind PROTOCOL for a message that can not be read
     */
    public static @Nullable PollAnswer of(JsonAnswer answer) {
        if (!answer.truth("have_message")) {
            return null;
        }
        return new PollAnswer(
                new TopicPlace(answer.text("topic"), (int) answer.number("vgroup_id")),
                answer.text("database"),
                type(answer.number("message_type")),
                answer.number("message_id"),
                answer.number("offset"));
    }

    /**
     * What a message is, by its number.
     *
     * @throws WeirException of kind PROTOCOL if that is unknown
     */
    public static MessageType type(long number) {
        for (MessageType type : MessageType.values()) {
            if (type.number() == number) {
                return type;
            }
        }
        throw Malformed.error("A message of a subscription has type " + number + "; known are 1 (rows), 2 (changes of"
                + " tables) and 3 (both)");
    }
}
