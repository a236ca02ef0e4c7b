package io.weir.benchmarks.worker;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;

/**
 * Counts what the Java threads of this JVM spend. Threads that the JVM hides (collector, compiler) are not seen; those
 * that are alive at both ends count with the difference, those that began in between with all they have.
 */
final class Meter {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final Map<Long, Spent> before;
    private final long processCpuBefore;
    private final long startedAt;

    private record Spent(long cpuNanos, long bytes) {}

    private Meter() {
        before = spentByThread();
        processCpuBefore = SYSTEM.getProcessCpuTime();
        startedAt = System.nanoTime();
    }

    static Meter start() {
        return new Meter();
    }

    Sample stop(Run run) {
        long nanos = System.nanoTime() - startedAt;
        long processCpu = SYSTEM.getProcessCpuTime() - processCpuBefore;
        Map<Long, Spent> after = spentByThread();
        long cpu = 0;
        long bytes = 0;
        for (Map.Entry<Long, Spent> thread : after.entrySet()) {
            Spent now = thread.getValue();
            Spent then = before.getOrDefault(thread.getKey(), new Spent(0, 0));
            cpu += now.cpuNanos() - then.cpuNanos();
            bytes += now.bytes() - then.bytes();
        }
        int ended = (int)
                before.keySet().stream().filter(id -> !after.containsKey(id)).count();
        return new Sample(
                run.checksum().rows(),
                run.checksum().value(),
                nanos,
                cpu,
                bytes,
                processCpu,
                ended,
                run.latencies().percentile(0.50),
                run.latencies().percentile(0.99),
                run.beside());
    }

    private static Map<Long, Spent> spentByThread() {
        long[] ids = THREADS.getAllThreadIds();
        long[] cpu = THREADS.getThreadCpuTime(ids);
        long[] bytes = THREADS.getThreadAllocatedBytes(ids);
        Map<Long, Spent> spent = new HashMap<>();
        for (int i = 0; i < ids.length; i++) {
            // A thread that ended between the calls answers -1.
            if (cpu[i] >= 0 && bytes[i] >= 0) {
                spent.put(ids[i], new Spent(cpu[i], bytes[i]));
            }
        }
        return spent;
    }
}
