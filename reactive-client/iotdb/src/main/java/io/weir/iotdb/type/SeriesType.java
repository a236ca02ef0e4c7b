package io.weir.iotdb.type;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a time series of the tree model is. Begin with {@link #of}.
 *
 * @param type what its values are
 * @param encoding how they are written to disk
 * @param compression how they are packed once more
 * @param properties further settings of the server, such as {@code loss}
 * @param tags by which series can be searched
 * @param attributes which series carry along
 * @param alias a second name for the last part of its path; null for none
 */
public record SeriesType(
        IotdbType type,
        Encoding encoding,
        Compression compression,
        Map<String, String> properties,
        Map<String, String> tags,
        Map<String, String> attributes,
        @Nullable String alias) {

    public SeriesType {
        properties = Map.copyOf(properties);
        tags = Map.copyOf(tags);
        attributes = Map.copyOf(attributes);
    }

    /** A series of that type, encoded as the server would by itself, and compressed by LZ4. */
    public static SeriesType of(IotdbType type) {
        Encoding encoding = switch (type) {
            case BOOLEAN -> Encoding.RLE;
            case INT32, INT64, DATE, TIMESTAMP -> Encoding.TS_2DIFF;
            case FLOAT, DOUBLE -> Encoding.GORILLA;
            case TEXT, STRING, BLOB -> Encoding.PLAIN;
        };
        return new SeriesType(type, encoding, Compression.LZ4, Map.of(), Map.of(), Map.of(), null);
    }

    public SeriesType with(Encoding other) {
        return new SeriesType(type, other, compression, properties, tags, attributes, alias);
    }

    public SeriesType with(Compression other) {
        return new SeriesType(type, encoding, other, properties, tags, attributes, alias);
    }

    public SeriesType withProperties(Map<String, String> others) {
        return new SeriesType(type, encoding, compression, others, tags, attributes, alias);
    }

    public SeriesType withTags(Map<String, String> others) {
        return new SeriesType(type, encoding, compression, properties, others, attributes, alias);
    }

    public SeriesType withAttributes(Map<String, String> others) {
        return new SeriesType(type, encoding, compression, properties, tags, others, alias);
    }

    public SeriesType withAlias(String name) {
        return new SeriesType(type, encoding, compression, properties, tags, attributes, name);
    }
}
