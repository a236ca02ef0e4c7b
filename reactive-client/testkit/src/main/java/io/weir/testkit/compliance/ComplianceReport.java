package io.weir.testkit.compliance;

import io.weir.testkit.docs.GeneratedBlock;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestInstancePostProcessor;
import org.junit.jupiter.api.extension.TestWatcher;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;

/**
 * Collects the results of a {@link Reported} test class. At its end they are held against its block of the page in the docs
 * ({@link GeneratedBlock}): the class fails if that is not current, or the block is written, with
 * {@code -Dweir.docs.update=true}. A run that was not complete, or not green, neither compares nor writes.
 */
public final class ComplianceReport implements TestInstancePostProcessor, TestWatcher, AfterAllCallback {

    private final Map<String, ReportLine> lines = new HashMap<>();
    private @Nullable Reported reported;
    private boolean failed;

    @Override
    public void postProcessTestInstance(Object instance, ExtensionContext context) {
        reported = (Reported) instance;
    }

    @Override
    public void testSuccessful(ExtensionContext context) {
        add(context, "passed");
    }

    @Override
    public void testDisabled(ExtensionContext context, Optional<String> reason) {
        add(context, reason.orElse("not run"));
    }

    @Override
    public void testAborted(ExtensionContext context, @Nullable Throwable cause) {
        failed = true;
    }

    @Override
    public void testFailed(ExtensionContext context, @Nullable Throwable cause) {
        failed = true;
    }

    @Override
    public void afterAll(ExtensionContext context) {
        Class<?> testClass = context.getRequiredTestClass();
        if (reported != null && !reported.isPublished()) {
            System.out.println(testClass.getSimpleName() + ": " + ReportLine.table(lines.values()));
        } else if (reported != null && !failed && lines.keySet().equals(tests(testClass))) {
            GeneratedBlock.of(reported.page(), reported.block(), testClass).shouldBe(ReportLine.table(lines.values()));
        }
    }

    /** The names of all tests of a class, inherited ones too. */
    private static Set<String> tests(Class<?> testClass) {
        return AnnotationSupport.findAnnotatedMethods(testClass, Testable.class, HierarchyTraversalMode.TOP_DOWN)
                .stream()
                .map(Method::getName)
                .collect(Collectors.toSet());
    }

    private void add(ExtensionContext context, String outcome) {
        Method method = context.getRequiredTestMethod();
        String rule = AnnotationSupport.findAnnotation(method, Proves.class)
                .map(Proves::value)
                .orElse("");
        lines.put(method.getName(), new ReportLine(rule, method.getName(), outcome));
    }
}
