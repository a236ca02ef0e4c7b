package io.weir.server.iotdb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One life of the child JVM. */
final class ServerProcess {

    // A busy machine with two cores; an idle one needs three seconds.
    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final int LOOK_EVERY_MILLISECONDS = 20;
    private static final List<String> OPENED_PACKAGES =
            List.of("java.util.concurrent", "java.lang", "java.util", "java.nio", "java.io", "java.net");

    private final Process process;
    private @Nullable Process stopper;

    private ServerProcess(Process process) {
        this.process = process;
    }

    /** Starts the child; it serves only after {@link #awaitReady}. */
    static ServerProcess launch(ServerFolder folder, ServerClassPath jars, int heapMegabytes) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx" + heapMegabytes + "m");
        for (String opened : OPENED_PACKAGES) {
            command.add("--add-opens");
            command.add("java.base/" + opened + "=ALL-UNNAMED");
        }
        command.add("-DIOTDB_CONF=" + folder.configuration());
        command.add("-DCONFIGNODE_CONF=" + folder.configuration());
        command.add("-DIOTDB_HOME=" + folder.path());
        command.add("-DCONFIGNODE_HOME=" + folder.path());
        command.add("-DTSFILE_HOME=" + folder.path());
        command.add("-DTSFILE_CONF=" + folder.configuration());
        command.add("-Diotdb.jmx.local=true");
        // Native libraries that it unpacks go with the folder.
        command.add("-Djava.io.tmpdir=" + folder.temporary());
        command.add("-DOFF_HEAP_MEMORY=256M");
        command.add("-Dlogback.configurationFile=" + folder.logback());
        command.add("-cp");
        command.add(jars.after(ownClasses()));
        command.add(ServerChild.class.getName());
        command.add(folder.path().toString());
        command.add(folder.throwAway() ? "throw-away" : "kept");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.path().toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.log().toFile()));
        try {
            return new ServerProcess(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException("Can not start the JVM of the IoTDB server: " + command.get(0), e);
        }
    }

    private static String ownClasses() {
        try {
            return Path.of(ServerChild.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("Can not tell where the launcher's own classes are.", e);
        }
    }

    /** Waits until the child serves. Returns false if it died on the way; its log says why. */
    boolean awaitReady(ServerFolder folder) throws IOException, InterruptedException {
        long end = System.nanoTime() + START_LIMIT.toNanos();
        while (!Files.exists(folder.ready())) {
            if (!process.isAlive()) {
                return false;
            }
            if (System.nanoTime() > end) {
                throw new IOException("Not ready within " + START_LIMIT.toSeconds() + " s");
            }
            Thread.sleep(LOOK_EVERY_MILLISECONDS);
        }
        return true;
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    /** Returns when the process is gone and its ports are free. */
    void kill() {
        // SIGKILL ends a stopped process too.
        process.destroyForcibly();
        process.onExit().join();
        resume();
    }

    /**
     * Freezes the child. The shell that does it waits for the end of its own input, so that the child wakes up, and
     * sees that its parent is gone, even if the parent is killed meanwhile.
     */
    void pause() {
        if (stopper != null) {
            return;
        }
        String pid = Long.toString(process.pid());
        try {
            Process shell = new ProcessBuilder("sh", "-c", "kill -STOP $0 && echo stopped; read _; kill -CONT $0", pid)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            stopper = shell;
            if (shell.inputReader().readLine() == null) {
                throw new IllegalStateException("Could not stop process " + pid + ".");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Can not run a shell to stop process " + pid + ".", e);
        }
    }

    void resume() {
        Process shell = stopper;
        stopper = null;
        if (shell != null) {
            try {
                shell.getOutputStream().close();
            } catch (IOException e) {
                throw new UncheckedIOException("Can not wake up process " + process.pid() + ".", e);
            }
            shell.onExit().join();
        }
    }
}
