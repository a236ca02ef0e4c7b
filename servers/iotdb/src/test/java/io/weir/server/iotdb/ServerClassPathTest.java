package io.weir.server.iotdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerClassPathTest {

    @TempDir
    Path folder;

    @Test
    void takesTheFirstFileThatIsThere() throws IOException {
        Path server = Files.createFile(folder.resolve("iotdb-server-2.0.1-beta.jar"));
        Path other = Files.createFile(folder.resolve("other.jar"));
        Path list = Files.writeString(folder.resolve("list.txt"), server + File.pathSeparator + other + "\n");

        ServerClassPath found = ServerClassPath.find(List.of(folder.resolve("absent.txt"), list));

        assertThat(found.version()).isEqualTo("2.0.1-beta");
        assertThat(found.after("ours")).isEqualTo(String.join(File.pathSeparator, "ours", server + "", other + ""));
    }

    @Test
    void namesTheCommandThatMakesAMissingFile() {
        Path absent = folder.resolve("absent.txt");

        assertThatThrownBy(() -> ServerClassPath.find(List.of(absent)))
                .hasMessageContaining("mvn -q -f servers/iotdb/runtime/pom.xml initialize")
                .hasMessageContaining(absent.toString());
    }

    @Test
    void namesAJarThatIsGone() throws IOException {
        Path list = Files.writeString(
                folder.resolve("list.txt"), folder.resolve("gone.jar").toString());

        assertThatThrownBy(() -> ServerClassPath.find(List.of(list)))
                .hasMessageContaining("gone.jar")
                .hasMessageContaining("build again");
    }
}
