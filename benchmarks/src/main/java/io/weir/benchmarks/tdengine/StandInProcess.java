package io.weir.benchmarks.tdengine;

import io.weir.server.tdengine.TdengineStandInMain;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The stand-in as a child process, which ends with its standard input: also when this process is killed. */
final class StandInProcess implements AutoCloseable {

    private static final String URL = "  url ";

    private final Process process;
    private final URI url;

    private StandInProcess(Process process, URI url) {
        this.process = process;
        this.url = url;
    }

    static StandInProcess start() {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx2g",
                "-cp",
                System.getProperty("java.class.path"),
                TdengineStandInMain.class.getName(),
                "0",
                "--child");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            // Not closed: it lives as long as the process. What it says is little, and nobody reads on.
            BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(URL)) {
                    return new StandInProcess(
                            process,
                            URI.create(line.substring(URL.length()).strip().replaceFirst("^r2dbc:", "")));
                }
            }
            throw new IllegalStateException("The stand-in did not start; its error output says why");
        } catch (IOException e) {
            throw new UncheckedIOException("The stand-in can not be started", e);
        }
    }

    String host() {
        return url.getHost();
    }

    int port() {
        return url.getPort();
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
