package io.weir.iotdb.protocol;

import io.weir.iotdb.type.SeriesType;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Kinds of series as the calls carry them: a list for each of their sides. */
record SeriesFields(List<SeriesType> series) {

    List<Integer> types() {
        return series.stream().map(one -> one.type().code()).toList();
    }

    List<Integer> encodings() {
        return series.stream().map(one -> one.encoding().code()).toList();
    }

    List<Integer> compressions() {
        return series.stream().map(one -> one.compression().code()).toList();
    }

    List<Map<String, String>> properties() {
        return series.stream().map(SeriesType::properties).toList();
    }

    List<Map<String, String>> tags() {
        return series.stream().map(SeriesType::tags).toList();
    }

    List<Map<String, String>> attributes() {
        return series.stream().map(SeriesType::attributes).toList();
    }

    /** One for each series, or the field is left out: an empty alias is none that the server would take. */
    void writeAliases(ThriftOutput out, int id) {
        List<String> aliases =
                series.stream().map(SeriesType::alias).filter(Objects::nonNull).toList();
        if (aliases.size() == series.size()) {
            out.stringList(id, aliases);
        }
    }
}
