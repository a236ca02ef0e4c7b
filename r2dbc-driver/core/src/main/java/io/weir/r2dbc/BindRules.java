package io.weir.r2dbc;

import io.r2dbc.spi.Blob;
import io.r2dbc.spi.Clob;
import io.r2dbc.spi.Parameter;
import io.weir.r2dbc.Binding.Value;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which values may be bound: decided in {@code bind}, so that the mistake is found where it was made. */
final class BindRules {

    private final SessionTraits traits;

    BindRules(SessionTraits traits) {
        this.traits = traits;
    }

    /** A value or an SPI parameter, checked. */
    Value value(Object value) {
        if (value instanceof Parameter parameter) {
            return ofParameter(parameter);
        }
        Class<?> type = value instanceof Blob ? Blob.class : value instanceof Clob ? Clob.class : value.getClass();
        if (!takes(type)) {
            throw refused(type);
        }
        return new Value(value, type);
    }

    /** A null of a type, which must be one whose values could be bound; a null of type Object is of no type. */
    Value nullOf(Class<?> type) {
        Class<?> boxed = type.isPrimitive()
                ? java.lang.invoke.MethodType.methodType(type).wrap().returnType()
                : type;
        if (boxed != Object.class && !takes(boxed)) {
            throw refused(boxed);
        }
        return new Value(null, boxed);
    }

    private Value ofParameter(Parameter parameter) {
        if (parameter instanceof Parameter.Out) {
            throw new IllegalArgumentException(
                    "An OUT parameter can not be bound: " + traits.product() + " has no procedures that set one");
        }
        Object inner = parameter.getValue();
        return inner == null ? nullOf(parameter.getType().getJavaType()) : value(inner);
    }

    private boolean takes(Class<?> type) {
        if (type == Blob.class) {
            return takes(ByteBuffer.class);
        }
        if (type == Clob.class) {
            return takes(String.class);
        }
        if (traits.bindTypes().contains(type)) {
            return true;
        }
        for (Class<?> taken : traits.bindTypes()) {
            if (taken.isAssignableFrom(type)) {
                return true;
            }
        }
        return false;
    }

    private IllegalArgumentException refused(Class<?> type) {
        List<Class<?>> lobs =
                Stream.of(Blob.class, Clob.class).filter(this::takes).collect(Collectors.toList());
        return new IllegalArgumentException("A value of type " + type.getName() + " can not be bound for "
                + traits.product() + ": possible are "
                + Stream.concat(traits.bindTypes().stream(), lobs.stream())
                        .map(Class::getSimpleName)
                        .sorted()
                        .collect(Collectors.joining(", ")));
    }
}
