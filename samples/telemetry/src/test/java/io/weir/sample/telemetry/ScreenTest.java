package io.weir.sample.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ScreenTest {

    private static final String ENTER = "\u001b[?1049h\u001b[?25l";
    private static final String LEAVE = "\u001b[?25h\u001b[?1049l";
    private static final String HOME = "\u001b[H";
    private static final String CLEAR = "\u001b[2J";

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private Size size = Size.USUAL;
    private final Screen screen =
            new Screen(new PrintStream(bytes, true, StandardCharsets.UTF_8), () -> size, false, "title");

    @Test
    void itEntersDrawsAndLeavesTheTerminalAsItWas() {
        screen.open();
        assertThat(written()).isEqualTo(ENTER);
        screen.show(Snapshots.live(3));
        assertThat(written()).isEqualTo(CLEAR + HOME + picture());
        screen.show(Snapshots.live(3));
        assertThat(written()).isEqualTo(HOME + picture());
        screen.close();
        assertThat(written()).isEqualTo(LEAVE);
    }

    @Test
    void anotherSizeIsDrawnOnAClearedScreen() {
        screen.open();
        screen.show(Snapshots.live(3));
        written();
        size = new Size(100, 40);
        screen.show(Snapshots.live(3));

        assertThat(written()).isEqualTo(CLEAR + HOME + picture());
    }

    @Test
    void thePictureThatComesAfterTheEndIsNotDrawn() {
        screen.open();
        screen.close();
        screen.close();
        assertThat(written()).isEqualTo(ENTER + LEAVE);
        screen.show(Snapshots.live(3));

        assertThat(written()).isEmpty();
    }

    private String picture() {
        return String.join("\r\n", Frame.of(Snapshots.live(3), "title", size, false));
    }

    private String written() {
        String text = bytes.toString(StandardCharsets.UTF_8);
        bytes.reset();
        return text;
    }
}
