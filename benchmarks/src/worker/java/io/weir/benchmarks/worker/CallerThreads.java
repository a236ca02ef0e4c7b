package io.weir.benchmarks.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Many callers, a thread each, who make one call after the other. For clients that block. */
public final class CallerThreads implements AutoCloseable {

    /** One call, which puts all its values into the caller's own checksum. */
    @FunctionalInterface
    public interface Call {
        void make(Checksum checksum) throws Exception;
    }

    /** What a caller calls with, for instance a connection of his own. */
    @FunctionalInterface
    public interface Callers {
        Call of(int number) throws Exception;
    }

    // The threads of a sample must outlive it, or their figures are lost.
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "caller");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * Blocks until all calls are over; each is timed.
     *
     * @param count how many callers there are
     * @param calls of one run, over all callers
     */
    public void make(Run run, int count, int calls, Callers callers) throws Exception {
        List<Callable<Checksum>> tasks = new ArrayList<>();
        for (int caller = 0; caller < count; caller++) {
            Call call = callers.of(caller);
            tasks.add(() -> make(run, calls / count, call));
        }
        for (Future<Checksum> done : threads.invokeAll(tasks)) {
            run.checksum().addAll(done.get());
        }
    }

    private static Checksum make(Run run, int calls, Call call) throws Exception {
        Checksum checksum = new Checksum();
        for (int i = 0; i < calls; i++) {
            long began = System.nanoTime();
            call.make(checksum);
            checksum.endRow();
            run.latencies().add(System.nanoTime() - began);
        }
        return checksum;
    }

    /** Does something beside the calls. */
    public <T> Future<T> beside(Callable<T> work) {
        return threads.submit(work);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
