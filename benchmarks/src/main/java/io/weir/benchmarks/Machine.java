package io.weir.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/** What kind of machine a run was made on; nothing that names a particular one. */
public final class Machine {

    private Machine() {}

    /** For instance {@code Linux amd64, 2 CPUs, 23 GiB, Java 17.0.15}. */
    public static String describe() {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return System.getProperty("os.name") + " " + System.getProperty("os.arch") + ", "
                + Runtime.getRuntime().availableProcessors() + " CPUs, "
                + (system.getTotalMemorySize() >> 30) + " GiB, Java " + System.getProperty("java.version");
    }

    /** How many threads want a CPU, over about the last minute: more than there are CPUs, and others disturb the run. */
    public static String load() {
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        return load < 0 ? "load unknown" : String.format(Locale.ROOT, "load %.1f", load);
    }
}
