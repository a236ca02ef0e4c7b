package io.weir.checks;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.HashSet;
import java.util.Set;

/**
 * What users see.
 *
 * @param base the package below which the artifacts lie: {@code io.weir}, or that of a planted copy
 */
record SurfaceRules(String base) {

    /** A public type of a public room mentions no type of an internal room: not as argument, result, parent, anywhere. */
    ArchRule noInternalTypeIsInAPublicSignature() {
        return classes().should(new ArchCondition<>("not show internal types") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                if (!isSeen(type)) {
                    return;
                }
                Set<JavaClass> parents = new HashSet<>();
                type.getSuperclass().ifPresent(parent -> parents.addAll(parent.getAllInvolvedRawTypes()));
                type.getInterfaces().forEach(parent -> parents.addAll(parent.getAllInvolvedRawTypes()));
                report(type.getName(), parents, events);
                for (JavaMember member : type.getMembers()) {
                    if (isSeen(member)) {
                        report(member.getFullName(), shownBy(member), events);
                    }
                }
            }
        });
    }

    ArchRule everyPackageIsNullMarked() {
        return classes().should(new ArchCondition<>("lie in a @NullMarked package") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                if (!type.getPackage().isAnnotatedWith("org.jspecify.annotations.NullMarked")) {
                    events.add(SimpleConditionEvent.violated(
                            type, type.getName() + ": no package-info.java with @NullMarked beside it"));
                }
            }
        });
    }

    private boolean isSeen(JavaClass type) {
        if (Place.of(base, type.getPackageName())
                .filter(place -> !place.isInternal())
                .isEmpty()) {
            return false;
        }
        boolean open = type.getModifiers().contains(JavaModifier.PUBLIC);
        return open && type.getEnclosingClass().map(this::isSeen).orElse(true);
    }

    private static boolean isSeen(JavaMember member) {
        return (member.getModifiers().contains(JavaModifier.PUBLIC)
                        || member.getModifiers().contains(JavaModifier.PROTECTED))
                && !member.getModifiers().contains(JavaModifier.SYNTHETIC);
    }

    private static Set<JavaClass> shownBy(JavaMember member) {
        Set<JavaClass> shown = new HashSet<>();
        if (member instanceof JavaField field) {
            shown.addAll(field.getType().getAllInvolvedRawTypes());
        } else if (member instanceof JavaCodeUnit code) {
            shown.addAll(code.getReturnType().getAllInvolvedRawTypes());
            for (JavaType parameter : code.getParameterTypes()) {
                shown.addAll(parameter.getAllInvolvedRawTypes());
            }
            code.getTypeParameters().forEach(parameter -> shown.addAll(parameter.getAllInvolvedRawTypes()));
            code.getExceptionTypes().forEach(shown::add);
        }
        return shown;
    }

    private void report(String where, Set<JavaClass> shown, ConditionEvents events) {
        for (JavaClass type : shown) {
            if (Place.of(base, type.getPackageName()).filter(Place::isInternal).isPresent()) {
                events.add(SimpleConditionEvent.violated(where, where + " shows the internal " + type.getName()));
            }
        }
    }
}
