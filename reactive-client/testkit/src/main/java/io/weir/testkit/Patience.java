package io.weir.testkit;

import java.time.Duration;

/** How long the testkit waits for what must happen, before it calls it a failure. Nothing is slowed down by it. */
public final class Patience {

    private Patience() {}

    /** 20 seconds, or as many as the system property {@code weir.test.patience} says. */
    public static Duration limit() {
        return Duration.ofSeconds(Long.getLong("weir.test.patience", 20));
    }
}
