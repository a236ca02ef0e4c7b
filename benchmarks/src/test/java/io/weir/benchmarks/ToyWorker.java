package io.weir.benchmarks;

import io.weir.benchmarks.worker.Work;
import io.weir.benchmarks.worker.Worker;
import java.io.IOException;
import java.util.Map;

/** A worker without a database. */
public final class ToyWorker {

    private ToyWorker() {}

    public static void main(String[] args) throws IOException {
        Work three = checksum -> {
            System.out.println("some library says hello");
            for (int i = 0; i < 3; i++) {
                checksum.add(i);
                checksum.endRow();
            }
        };
        Work fails = checksum -> {
            throw new IOException("the server is on fire");
        };
        Work dies = checksum -> Runtime.getRuntime().halt(3);
        Worker.serve(Map.of("three", three, "fails", fails, "dies", dies));
    }
}
