package io.weir.testkit.guard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Leaves a line in {@code target/long-runs.txt} of the project for each test tagged {@code long} that ran, so that the
 * report of {@code ./dev test} can tell what ran from what was left out. Registered for all tests.
 */
public final class LongRunNotes implements AfterTestExecutionCallback {

    @Override
    public void afterTestExecution(ExtensionContext context) throws IOException {
        String root = System.getProperty("weir.root");
        if (root == null || !context.getTags().contains("long")) {
            return;
        }
        Path target = Files.createDirectories(Path.of(root, "target"));
        String line = context.getRequiredTestClass().getSimpleName() + "#"
                + context.getRequiredTestMethod().getName() + "\n";
        Files.writeString(target.resolve("long-runs.txt"), line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
