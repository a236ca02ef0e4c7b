package io.weir.benchmarks.wire;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** Callers who ask again as soon as they have been answered, spread over some pipes. */
final class Callers {

    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    /** What was measured: answers a second, and processor time of client and server together per answer. */
    record Result(double opsPerSecond, double cpuMicrosPerOp) {}

    private final List<? extends Pipe> pipes;
    private final Executor where;
    private final LongAdder answers = new LongAdder();
    private final CountDownLatch stopped;
    private volatile boolean stop;

    /** @param where on which threads callers ask again; {@code Runnable::run}: where the answer is reported */
    Callers(int callers, List<? extends Pipe> pipes, Executor where) {
        this.pipes = pipes;
        this.where = where;
        this.stopped = new CountDownLatch(callers);
        for (int i = 0; i < callers; i++) {
            new Caller(pipes.get(i % pipes.size())).answered();
        }
    }

    Result measure(long warmUpMillis, long millis) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(warmUpMillis);
        long cpu = SYSTEM.getProcessCpuTime();
        long time = System.nanoTime();
        long count = answers.sum();
        TimeUnit.MILLISECONDS.sleep(millis);
        count = answers.sum() - count;
        double seconds = (System.nanoTime() - time) / 1e9;
        double micros = (SYSTEM.getProcessCpuTime() - cpu) / 1e3;
        stop = true;
        if (!stopped.await(10, TimeUnit.SECONDS)) {
            throw new IllegalStateException("Callers were left without an answer.");
        }
        pipes.forEach(Pipe::close);
        return new Result(count / seconds, micros / count);
    }

    private final class Caller implements Runnable {
        private final Pipe pipe;
        private final Runnable answered = this::answered;

        Caller(Pipe pipe) {
            this.pipe = pipe;
        }

        void answered() {
            answers.increment();
            if (stop) {
                stopped.countDown();
            } else {
                where.execute(this);
            }
        }

        @Override
        public void run() {
            pipe.ask(answered);
        }
    }
}
