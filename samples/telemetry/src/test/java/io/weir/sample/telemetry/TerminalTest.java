package io.weir.sample.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalTest {

    @Test
    void rowsComeBeforeColumns() {
        assertThat(Terminal.parse("50 132\n")).isEqualTo(new Size(132, 50));
    }

    @Test
    void whereNobodyTellsTheUsualSizeIsTaken() {
        assertThat(Terminal.parse(null)).isEqualTo(Size.USUAL);
        assertThat(Terminal.parse("stty: not a tty")).isEqualTo(Size.USUAL);
        assertThat(Terminal.parse("0 0\n")).isEqualTo(Size.USUAL);
    }

    @Test
    void aDumbTerminalIsNone() {
        assertThat(Terminal.detect(Map.of("TERM", "dumb"))).isNull();
        assertThat(Terminal.detect(Map.of())).isNull();
    }
}
