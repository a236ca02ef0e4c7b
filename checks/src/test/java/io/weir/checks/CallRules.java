package io.weir.checks;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What may be called.
 *
 * @param base the package below which the artifacts lie: {@code io.weir}, or that of a planted copy
 */
record CallRules(String base) {

    private static final Set<String> BLOCKING =
            Set.of("block", "blockFirst", "blockLast", "blockOptional", "toIterable", "toStream");

    private static final Set<String> HOPPING = Set.of("publishOn", "subscribeOn", "cancelOn");

    private static final String SCHEDULER = "reactor.core.scheduler.Scheduler";

    /** Sockets, files, channels, loops and operators: what turns bytes into a conversation. */
    private static final List<String> OUTSIDE_OF_PROTOCOL = List.of(
            "reactor.",
            "org.reactivestreams.",
            "java.net.",
            "java.nio.channels.",
            "java.nio.file.",
            "java.io.File",
            "java.io.InputStream",
            "java.io.OutputStream",
            "java.util.concurrent.",
            "java.time.Clock",
            "io.netty.channel.",
            "io.netty.bootstrap.",
            "io.netty.handler.");

    private static final Set<String> CLOCK_READINGS =
            Set.of("java.lang.System.nanoTime", "java.lang.System.currentTimeMillis", "java.time.Instant.now");

    // The clocks that count the R2DBC layer's limits of time, and how long callers wait for one of a client's wires:
    // chosen in the open and replaceable. Nothing runs on them but the ends of what took too long.
    private static final Set<String> CHOOSES_THE_CLOCK =
            Set.of("io.weir.r2dbc.WeirConnectionFactory", "io.weir.tdengine.Sessions");

    ArchRule nothingBlocks() {
        return clientCode(
                "not wait for a publisher",
                access -> ofReactor(access)
                        && BLOCKING.contains(access.getTarget().getName()));
    }

    ArchRule nothingChangesThreads() {
        return clientCode(
                "stay on the event loop",
                access ->
                        ofReactor(access) && HOPPING.contains(access.getTarget().getName()));
    }

    /** Schedulers of Reactor, named, or taken silently by an operator that is given a time but no scheduler. */
    ArchRule nothingUsesReactorsThreadPools() {
        return clientCode(
                "use no thread pool of Reactor", access -> namesScheduler(access) || timedWithoutScheduler(access));
    }

    ArchRule protocolIsPure() {
        return classes().should(new ArchCondition<>("know neither Reactor nor I/O nor the time, in room protocol") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                if (Place.of(base, type.getPackageName())
                        .filter(Place::isProtocol)
                        .isEmpty()) {
                    return;
                }
                for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                    String target = dependency.getTargetClass().getName();
                    if (OUTSIDE_OF_PROTOCOL.stream().anyMatch(target::startsWith)) {
                        events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription()));
                    }
                }
                for (JavaAccess<?> access : type.getAccessesFromSelf()) {
                    if (CLOCK_READINGS.contains(access.getTargetOwner().getName() + "."
                            + access.getTarget().getName())) {
                        events.add(SimpleConditionEvent.violated(access, access.getDescription()));
                    }
                }
            }
        });
    }

    private ArchRule clientCode(String should, Predicate<JavaAccess<?>> forbidden) {
        return classes().should(new ArchCondition<>(should) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                if (Place.of(base, type.getPackageName())
                        .filter(Place::isClientCode)
                        .isEmpty()) {
                    return;
                }
                for (JavaAccess<?> access : type.getAccessesFromSelf()) {
                    if (forbidden.test(access)) {
                        events.add(SimpleConditionEvent.violated(access, access.getDescription()));
                    }
                }
            }
        });
    }

    private static boolean ofReactor(JavaAccess<?> access) {
        return access.getTargetOwner().getPackageName().startsWith("reactor.");
    }

    private static boolean namesScheduler(JavaAccess<?> access) {
        return access.getTargetOwner().getName().equals("reactor.core.scheduler.Schedulers")
                && !CHOOSES_THE_CLOCK.contains(access.getOriginOwner().getName());
    }

    private static boolean timedWithoutScheduler(JavaAccess<?> access) {
        // Operators alone: the timers of reactor-netty run on the channel's own loop.
        String owner = access.getTargetOwner().getPackageName();
        String target = access.getTarget().getFullName();
        return (owner.startsWith("reactor.core.") || owner.startsWith("reactor.util."))
                && target.contains("java.time.Duration")
                && !target.contains(SCHEDULER);
    }
}
