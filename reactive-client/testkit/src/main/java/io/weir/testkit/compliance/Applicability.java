package io.weir.testkit.compliance;

import static org.junit.jupiter.api.extension.ConditionEvaluationResult.disabled;
import static org.junit.jupiter.api.extension.ConditionEvaluationResult.enabled;

import java.lang.reflect.Method;
import java.util.Set;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Keeps tests from running that cannot apply: {@link NotApplicable}, {@link ThroughProxy} and {@link Needs}. */
final class Applicability implements ExecutionCondition {

    static final String REASON = "not applicable: ";

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return context.getTestMethod()
                .map(method -> of(method, context))
                .orElseGet(() -> enabled("decided test by test"));
    }

    private static ConditionEvaluationResult of(Method method, ExtensionContext context) {
        NotApplicable never =
                AnnotationSupport.findAnnotation(method, NotApplicable.class).orElse(null);
        if (never != null) {
            String store = context.getTestInstance()
                    .filter(Reported.class::isInstance)
                    .map(instance -> ((Reported) instance).store())
                    .orElse("the store");
            return disabled(REASON + never.value().replace("%s", store));
        }
        String noProxy = AnnotationSupport.isAnnotated(method, ThroughProxy.class)
                ? fixtureOf(context).noProxy()
                : null;
        if (noProxy != null) {
            return disabled(REASON + noProxy);
        }
        Needs needs = AnnotationSupport.findAnnotation(method, Needs.class).orElse(null);
        if (needs == null) {
            return enabled("applies to every store");
        }
        Set<Capability> has = fixtureOf(context).capabilities();
        if (has.contains(needs.value()) == needs.missing()) {
            return disabled(REASON + "the store has " + (needs.missing() ? "" : "no ") + needs.value());
        }
        return enabled("the store has " + (needs.missing() ? "no " : "") + needs.value());
    }

    private static Fixture fixtureOf(ExtensionContext context) {
        return ((Suite) context.getRequiredTestInstance()).fixture();
    }
}
