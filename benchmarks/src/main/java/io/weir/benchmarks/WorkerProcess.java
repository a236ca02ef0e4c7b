package io.weir.benchmarks;

import io.weir.benchmarks.worker.Sample;
import io.weir.benchmarks.worker.Worker;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A JVM that does one side's work, a sample at a time. All sides get the same flags. */
public final class WorkerProcess implements AutoCloseable {

    /** Enough heap that no side is measured under pressure; the rest is the JVM's own choice, as users have it. */
    public static final List<String> JVM_FLAGS = List.of("-Xms1g", "-Xmx1g");

    /** Longer than any sample on any machine: what takes longer hangs. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final String name;
    private final Process process;
    private final BufferedReader lines;
    private final PrintStream commands;
    private final Transcript transcript;

    private WorkerProcess(String name, Process process, Transcript transcript) {
        this.name = name;
        this.process = process;
        this.lines = process.inputReader(StandardCharsets.UTF_8);
        this.commands = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        this.transcript = transcript;
    }

    /**
     * Starts a worker and waits until it is ready.
     *
     * @param name under which it appears in the transcript and in errors
     */
    public static WorkerProcess start(
            String name,
            List<String> jvmFlags,
            String classPath,
            String mainClass,
            List<String> arguments,
            Transcript transcript) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmFlags);
        command.addAll(List.of("-cp", classPath, mainClass));
        command.addAll(arguments);
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            WorkerProcess worker = new WorkerProcess(name, process, transcript);
            worker.await(Worker.READY);
            return worker;
        } catch (IOException e) {
            throw new UncheckedIOException("The worker " + name + " can not be started", e);
        }
    }

    /** The class path of a peer that its own POM has built. */
    public static String peerClassPath(Path peer) {
        Path jars = peer.resolve("target").resolve("classpath.txt");
        if (!Files.isRegularFile(jars)) {
            throw new IllegalStateException("The peer is not built yet: run 'mvn -q -f " + peer.resolve("pom.xml")
                    + " process-classes' in the root of the project.");
        }
        try {
            return peer.resolve("target").resolve("classes")
                    + File.pathSeparator
                    + Files.readString(jars).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Does a work once; a number may stand behind its name. */
    public Sample sample(String work) {
        commands.println(work);
        String line = await(Sample.MARK);
        transcript.raw(name + " " + work + " " + line);
        return Sample.parse(line);
    }

    /** The next line that begins so; what libraries print in between is passed over. */
    private String await(String beginning) {
        CompletableFuture<String> answer = CompletableFuture.supplyAsync(() -> next(beginning));
        try {
            return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            close();
            throw new IllegalStateException("The worker " + name + " said nothing for " + PATIENCE, e);
        } catch (ExecutionException e) {
            close();
            Throwable cause = e.getCause();
            throw new IllegalStateException(cause == null ? e.toString() : cause.getMessage(), e);
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the worker " + name + " worked", e);
        }
    }

    private String next(String beginning) {
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(beginning)) {
                    return line;
                }
                if (line.startsWith(Worker.FAILED)) {
                    throw new IllegalStateException("The worker " + name + ": " + line);
                }
            }
            throw new IllegalStateException("The worker " + name + " ended; its error output says why");
        } catch (IOException e) {
            throw new UncheckedIOException("The worker " + name + " can not be read", e);
        }
    }

    /** Ends the process: by the end of its input, and by force if it does not listen. */
    @Override
    public void close() {
        commands.close();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
