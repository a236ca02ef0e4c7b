package io.weir.benchmarks;

import io.weir.benchmarks.worker.Stalled;
import io.weir.benchmarks.worker.Work;
import io.weir.benchmarks.worker.Worker;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A worker without a database. */
public final class ToyWorker {

    private ToyWorker() {}

    public static void main(String[] args) throws IOException {
        Work three = run -> {
            System.out.println("some library says hello");
            for (int i = 0; i < 3; i++) {
                run.checksum().add(i);
                run.checksum().endRow();
            }
        };
        Work fails = run -> {
            throw new IOException("the server is on fire");
        };
        Work dies = run -> Runtime.getRuntime().halt(3);
        Work many = run -> {
            for (int i = 1; i <= run.size(); i++) {
                run.checksum().endRow();
                run.latencies().add(i * 1000L);
            }
            run.beside(7);
        };
        AtomicInteger stalls = new AtomicInteger();
        Work stuck = run -> {
            run.checksum().endRow();
            if (stalls.getAndIncrement() % 5 < run.size()) {
                throw new Stalled(new IOException("stuck"));
            }
        };
        Worker.serve(Map.of("stalls", stuck, "three", three, "many", many, "fails", fails, "dies", dies));
    }
}
