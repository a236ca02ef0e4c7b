package io.weir.tdengine;

import java.util.concurrent.atomic.AtomicLong;

/** A program of its own, in a small JVM: reads a long result in helpings. */
final class SmallJvm {

    private static final int HELPING = 1000;

    private SmallJvm() {}

    /** Prints how many rows came, and the sum of one of their columns. */
    public static void main(String[] arguments) {
        AtomicLong sum = new AtomicLong();
        TdengineClient client = TdengineClient.create(arguments[0]);
        long rows = client.query(arguments[1], row -> row.getLong(1))
                .limitRate(HELPING)
                .doOnNext(sum::addAndGet)
                .count()
                .blockOptional()
                .orElseThrow();
        client.close().block();
        System.out.println("rows=" + rows + " sum=" + sum);
    }
}
