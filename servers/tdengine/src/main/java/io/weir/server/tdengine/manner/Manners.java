package io.weir.server.tdengine.manner;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** The habits as they are now. Any thread may change them; what runs looks at them each time. */
public final class Manners {

    private final Map<Manner, String> values = new ConcurrentHashMap<>();

    public Manners(Map<Manner, String> changed) {
        values.putAll(changed);
    }

    public Manners set(Manner manner, Object value) {
        values.put(manner, value.toString());
        return this;
    }

    /** Everything as usual again. */
    public void reset() {
        values.clear();
    }

    public String text(Manner manner) {
        return Objects.requireNonNullElse(values.get(manner), manner.usual());
    }

    public boolean is(Manner manner) {
        return Boolean.parseBoolean(text(manner));
    }

    public int number(Manner manner) {
        return Integer.parseInt(text(manner));
    }

    /** True once if the manner has this value, which is used up by that. */
    public boolean take(Manner manner, String value) {
        return values.replace(manner, value, manner.usual());
    }

    public Map<Manner, String> all() {
        Map<Manner, String> all = new EnumMap<>(Manner.class);
        for (Manner manner : Manner.values()) {
            all.put(manner, text(manner));
        }
        return all;
    }
}
