package io.weir.benchmarks;

import io.weir.benchmarks.worker.Work;
import io.weir.benchmarks.worker.Worker;
import java.io.IOException;
import java.util.Map;

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
        Worker.serve(Map.of("three", three, "many", many, "fails", fails, "dies", dies));
    }
}
