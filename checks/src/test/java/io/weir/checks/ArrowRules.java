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
import java.util.Set;
import java.util.function.Predicate;

/**
 * Who may know whom.
 *
 * @param base the package below which the artifacts lie: {@code io.weir}, or that of a planted copy
 */
record ArrowRules(String base) {

    /** What core has no business with, and the systems that speak their own binary protocols neither. */
    private static final List<String> FOREIGN = List.of(
            "io.r2dbc.",
            "io.netty.handler.codec.http",
            "reactor.netty.http",
            "com.fasterxml.jackson.",
            "tools.jackson.",
            "org.springframework.");

    /** Systems whose own protocol is made of JSON messages. */
    private static final Set<String> SPEAK_JSON = Set.of("tdengine");

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

    ArchRule coreAndSystemsKnowNoHttpJsonOrR2dbc() {
        return known(
                "know neither HTTP nor JSON nor R2DBC nor Spring",
                place -> place.artifact() == Artifact.CORE
                        || (place.artifact() == Artifact.SYSTEM && !SPEAK_JSON.contains(place.system())),
                target -> FOREIGN.stream().anyMatch(target::startsWith));
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
