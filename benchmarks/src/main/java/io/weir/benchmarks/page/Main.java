package io.weir.benchmarks.page;

import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs the benchmarks of this package, about three minutes; an argument chooses by name.
 *
 * <pre>{@code
 * mvn -q -DskipTests -pl benchmarks -am process-classes
 * java -cp benchmarks/target/classes:$(cat benchmarks/target/runtime-classpath.txt) io.weir.benchmarks.page.Main
 * }</pre>
 */
public final class Main {

    private Main() {}

    public static void main(String[] args) throws RunnerException {
        String chosen = args.length == 0 ? "" : args[0];
        new Runner(new OptionsBuilder()
                        .include(Main.class.getPackageName() + "\\..*" + chosen)
                        .forks(1)
                        .warmupIterations(3)
                        .warmupTime(TimeValue.seconds(1))
                        .measurementIterations(5)
                        .measurementTime(TimeValue.seconds(1))
                        .addProfiler(GCProfiler.class)
                        .build())
                .run();
    }
}
