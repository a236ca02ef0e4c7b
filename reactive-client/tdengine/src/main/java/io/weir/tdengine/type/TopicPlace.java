package io.weir.tdengine.type;

/**
 * One log that a topic is read from.
 *
 * @param vgroup the number of the group of tables whose log it is
 */
public record TopicPlace(String topic, int vgroup) {

    @Override
    public String toString() {
        return topic + "/" + vgroup;
    }
}
