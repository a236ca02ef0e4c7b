package io.weir.core.page;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The Java types that a value can be asked as: the columns of the conversion matrix. */
enum Target {
    BOOLEAN("Boolean", Boolean.class, boolean.class),
    BYTE("Byte", Byte.class, byte.class),
    SHORT("Short", Short.class, short.class),
    INTEGER("Integer", Integer.class, int.class),
    LONG("Long", Long.class, long.class),
    FLOAT("Float", Float.class, float.class),
    DOUBLE("Double", Double.class, double.class),
    BIG_INTEGER("BigInteger", BigInteger.class),
    BIG_DECIMAL("BigDecimal", BigDecimal.class),
    NUMBER("Number", Number.class),
    STRING("String", String.class, CharSequence.class),
    UUID("UUID", UUID.class),
    /** Any enum: the text is the name of a constant. */
    ENUM("an enum"),
    BYTE_BUFFER("ByteBuffer", ByteBuffer.class),
    BYTES("byte[]", byte[].class),
    OFFSET_DATE_TIME("OffsetDateTime", OffsetDateTime.class),
    ZONED_DATE_TIME("ZonedDateTime", ZonedDateTime.class),
    INSTANT("Instant", Instant.class),
    LOCAL_DATE_TIME("LocalDateTime", LocalDateTime.class),
    LOCAL_DATE("LocalDate", LocalDate.class),
    LOCAL_TIME("LocalTime", LocalTime.class),
    /** The default type of the column. */
    OBJECT("Object", Object.class),
    /** A type that no value becomes. */
    NONE("");

    private static final Map<Class<?>, Target> BY_CLASS = new HashMap<>();

    static {
        for (Target target : values()) {
            if (target.type != null) {
                BY_CLASS.put(target.type, target);
            }
            if (target.alias != null) {
                BY_CLASS.put(target.alias, target);
            }
        }
    }

    /* A ClassValue and not the map: the answer sits beside the class, and no class loader is held. */
    private static final ClassValue<Target> CACHE = new ClassValue<>() {
        @Override
        protected Target computeValue(Class<?> type) {
            return type.isEnum() ? ENUM : BY_CLASS.getOrDefault(type, NONE);
        }
    };

    private final String label;
    private final @Nullable Class<?> type;
    private final @Nullable Class<?> alias;

    Target(String label) {
        this(label, null, null);
    }

    Target(String label, Class<?> type) {
        this(label, type, null);
    }

    Target(String label, @Nullable Class<?> type, @Nullable Class<?> alias) {
        this.label = label;
        this.type = type;
        this.alias = alias;
    }

    static Target of(Class<?> type) {
        return CACHE.get(type);
    }

    /** As error texts and docs name it. */
    String label() {
        return label;
    }
}
