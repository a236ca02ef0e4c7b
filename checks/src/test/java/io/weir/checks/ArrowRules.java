package io.weir.checks;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import io.weir.checks.Place.Artifact;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Who may know whom.
 *
 * @param base the package below which the artifacts lie: {@code io.weir}, or that of a planted copy
 */
record ArrowRules(String base) {

    /** What no client has any business with. */
    private static final List<String> FOREIGN = List.of("io.r2dbc.", "com.fasterxml.jackson.", "org.springframework.");

    /** What only the HTTP module knows; systems over it see messages and calls. */
    private static final List<String> HTTP = List.of("io.netty.handler.codec.http", "reactor.netty.http");

    /** What the HTTP module knows, and the systems over it. */
    private static final List<String> JSON = List.of("tools.jackson.");

    ArchRule noPackageCycles() {
        return slices().assignedFrom(new OnePackageEach()).should().beFreeOfCycles();
    }

    ArchRule arrowsPointDown() {
        return classes().should(new ArchCondition<>("know only what lies below them") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                Optional<Place> place = Place.of(base, type.getPackageName());
                for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                    Optional<Place> target =
                            Place.of(base, dependency.getTargetClass().getPackageName());
                    if (place.isPresent() && target.isPresent() && !place.get().mayKnow(target.get())) {
                        events.add(SimpleConditionEvent.violated(
                                dependency,
                                place.get() + " may not know " + target.get() + ": " + dependency.getDescription()));
                    }
                }
            }
        });
    }

    ArchRule everyRoomIsOneOfTheFour() {
        return classes().should(new ArchCondition<>("lie in a room that the architecture knows") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                Place.of(base, type.getPackageName())
                        .filter(place -> !place.isKnown())
                        .ifPresent(place -> events.add(SimpleConditionEvent.violated(
                                type, type.getName() + " lies in " + place + ", which is none of the rooms")));
            }
        });
    }

    ArchRule clientsKnowNoR2dbcOrSpring() {
        return known(
                "know neither R2DBC nor Spring nor Jackson 2",
                place -> place.artifact() == Artifact.HTTP || isCoreOrSystem(place),
                target -> FOREIGN.stream().anyMatch(target::startsWith));
    }

    ArchRule onlyTheHttpModuleKnowsHttp() {
        return known(
                "leave HTTP to the HTTP module",
                ArrowRules::isCoreOrSystem,
                target -> HTTP.stream().anyMatch(target::startsWith));
    }

    ArchRule onlySystemsOverHttpKnowJson() {
        return known(
                "do without JSON",
                place -> isCoreOrSystem(place) && !place.isOverHttp(),
                target -> JSON.stream().anyMatch(target::startsWith));
    }

    private static boolean isCoreOrSystem(Place place) {
        return place.artifact() == Artifact.CORE || place.artifact() == Artifact.SYSTEM;
    }

    /** Who does not use it need not have it on the class path. */
    ArchRule onlyMetricsKnowMicrometer() {
        return known(
                "do without Micrometer, outside of room metrics",
                place -> !place.isMetrics(),
                target -> target.startsWith("io.micrometer."));
    }

    private ArchRule known(String should, Predicate<Place> where, Predicate<String> forbidden) {
        return classes().should(new ArchCondition<>(should) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                if (Place.of(base, type.getPackageName()).filter(where).isEmpty()) {
                    return;
                }
                for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                    if (forbidden.test(dependency.getTargetClass().getName())) {
                        events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription()));
                    }
                }
            }
        });
    }

    private static final class OnePackageEach implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return SliceIdentifier.of(type.getPackageName());
        }

        @Override
        public String getDescription() {
            return "packages";
        }
    }
}
