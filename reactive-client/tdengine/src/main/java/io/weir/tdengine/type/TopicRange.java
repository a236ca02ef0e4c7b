package io.weir.tdengine.type;

/**
 * How far a log reaches, and where its consumer stands.
 *
 * @param position where the consumer goes on; negative if he has not begun
 * @param begin the first offset that can be read
 * @param end behind the last one
 */
public record TopicRange(TopicPlace place, long position, long begin, long end) {}
