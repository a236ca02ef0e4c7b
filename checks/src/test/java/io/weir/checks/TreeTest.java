package io.weir.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tree says nothing of the machine that it was written on, and nothing is put off. */
class TreeTest {

    // In pieces, so that this file does not find itself.
    private static final Pattern UNWANTED = Pattern.compile(
            "/wo" + "rk/|/tmp/scr" + "atch|/ro" + "ot/|/ho" + "me/\\w+/|\\bTO" + "DO\\b|\\bFIX" + "ME\\b");

    @Test
    void holdsNoMachinePathsAndPutsNothingOff() throws IOException {
        assertThat(Project.files()).hasSizeGreaterThan(20);
        assertThat(unwantedIn(Project.files())).isEmpty();
    }

    @Test
    void findsWhatIsUnwanted(@TempDir Path folder) throws IOException {
        Path good =
                Files.writeString(folder.resolve("good.txt"), "the framework/driver of r2dbc:iotdb://root:root@h\n");
        Path bad = Files.writeString(folder.resolve("bad.txt"), "first\nsee /wo" + "rk/x\n// TO" + "DO later\n");
        Path picture = Files.write(folder.resolve("picture.png"), new byte[] {(byte) 0x89, 'P', (byte) 0xff});

        assertThat(unwantedIn(List.of(good, bad, picture)))
                .containsExactly(bad + ":2: see /wo" + "rk/x", bad + ":3: // TO" + "DO later");
    }

    private static List<String> unwantedIn(List<Path> files) throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : files) {
            List<String> lines = lines(file);
            for (int i = 0; i < lines.size(); i++) {
                if (UNWANTED.matcher(lines.get(i)).find()) {
                    found.add(file + ":" + (i + 1) + ": " + lines.get(i));
                }
            }
        }
        return found;
    }

    private static List<String> lines(Path file) throws IOException {
        try {
            return Files.readAllLines(file);
        } catch (MalformedInputException picture) {
            return List.of();
        }
    }
}
