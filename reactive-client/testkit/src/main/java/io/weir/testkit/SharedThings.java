package io.weir.testkit;

import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands to the constructors of test classes what they have in common because it takes long to make: made at the first use,
 * closed when all tests of the module are over. A module extends it by a class without parameters, and names that in
 * {@code @ExtendWith}.
 */
public abstract class SharedThings implements ParameterResolver {

    private final Map<Class<?>, Supplier<AutoCloseable>> makers;

    /** @param makers how each thing is made, by the type of the parameter that asks for it */
    protected SharedThings(Map<Class<?>, Supplier<AutoCloseable>> makers) {
        this.makers = Map.copyOf(makers);
    }

    @Override
    public final boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return makers.containsKey(parameter.getParameter().getType());
    }

    @Override
    public final Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        Supplier<AutoCloseable> maker = Objects.requireNonNull(makers.get(type));
        return context.getRoot()
                .getStore(Namespace.create(SharedThings.class))
                .computeIfAbsent(type, key -> maker.get(), AutoCloseable.class);
    }
}
