package io.weir.core;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Options that can not be used, with everything that is wrong with them, not only the first thing. No text in it repeats
 * a secret, and none a URL.
 */
public final class InvalidOptionsException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /** What is wrong. */
    public enum Reason {
        /** There is no option of that name. */
        UNKNOWN,
        /** The option does not take that value. */
        VALUE,
        /** A required option was not given. */
        MISSING,
        /** Two options contradict each other. */
        CONFLICT,
        /** The URL itself is not well formed. */
        URL
    }

    /**
     * One thing that is wrong.
     *
     * @param option the option's name; empty where it is not about one
     * @param text what was given, what is wrong, what is possible
     */
    public record Problem(Reason reason, String option, String text) {}

    // Exceptions are serializable, the list is not promised to be.
    private final transient List<Problem> problems;

    /** @param problems at least one */
    public InvalidOptionsException(String system, List<Problem> problems) {
        super(message(system, problems));
        this.problems = List.copyOf(problems);
    }

    /** All of them, at least one. */
    public List<Problem> problems() {
        return problems;
    }

    private static String message(String system, List<Problem> problems) {
        if (problems.size() == 1) {
            return system + ": " + problems.get(0).text();
        }
        return IntStream.range(0, problems.size())
                .mapToObj(i -> "\n  " + (i + 1) + ". " + problems.get(i).text())
                .collect(Collectors.joining("", system + ": " + problems.size() + " problems with the options", ""));
    }
}
