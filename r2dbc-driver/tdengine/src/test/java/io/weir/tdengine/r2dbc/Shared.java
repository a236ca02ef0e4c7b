package io.weir.tdengine.r2dbc;

import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands to the constructors of test classes what they have in common because it takes long to make: made at the first use,
 * closed when all tests of the module are over.
 */
final class Shared implements ParameterResolver {

    private static final Map<Class<?>, Supplier<AutoCloseable>> THINGS =
            Map.of(TestServer.class, TestServer::new, NativeServer.class, NativeServer::new);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return THINGS.containsKey(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        Supplier<AutoCloseable> maker = Objects.requireNonNull(THINGS.get(type));
        return context.getRoot()
                .getStore(Namespace.create(Shared.class))
                .computeIfAbsent(type, key -> maker.get(), AutoCloseable.class);
    }
}
