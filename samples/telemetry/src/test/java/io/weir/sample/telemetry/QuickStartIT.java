package io.weir.sample.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.server.iotdb.SharedIotdb;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class QuickStartIT {

    @Test
    void theLinesOfTheReadmeFindTheWarmMachine() {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            QuickStart.main(new String[] {SharedIotdb.url() + "?sqlDialect=table"});
        } finally {
            System.setOut(before);
        }

        assertThat(printed.toString(StandardCharsets.UTF_8).lines()).containsExactly("b 21.5");
    }
}
