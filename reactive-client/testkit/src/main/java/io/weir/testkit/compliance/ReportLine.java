package io.weir.testkit.compliance;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What is said of one test.
 *
 * @param rule what it proves, or the empty string
 * @param test the name of its method
 * @param outcome {@code passed}, or why it was not run
 */
record ReportLine(String rule, String test, String outcome) {

    private static final Pattern NUMBER = Pattern.compile("\\d+");

    private static final Comparator<ReportLine> ORDER =
            Comparator.comparing(ReportLine::sortedRule).thenComparing(ReportLine::test);

    /** Counts and a table; the same for the same lines in any order. */
    static String table(Collection<ReportLine> lines) {
        long passed =
                lines.stream().filter(line -> line.outcome.equals("passed")).count();
        boolean rules = lines.stream().anyMatch(line -> !line.rule.isEmpty());
        List<ReportLine> sorted = lines.stream().sorted(ORDER).toList();
        return lines.size() + " tests: " + passed + " passed, " + (lines.size() - passed) + " not applicable.\n\n"
                + (rules ? "| Rule | Test | Result |\n| --- | --- | --- |\n" : "| Test | Result |\n| --- | --- |\n")
                + sorted.stream().map(line -> line.row(rules)).collect(Collectors.joining());
    }

    /** C9 stands before C10. */
    private String sortedRule() {
        return NUMBER.matcher(rule)
                .replaceAll(number -> "0".repeat(Math.max(0, 3 - number.group().length())) + number.group());
    }

    private String row(boolean rules) {
        return (rules ? "| " + cell(rule) + " " : "") + "| `" + test + "` | " + cell(outcome) + " |\n";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace('\n', ' ');
    }
}
