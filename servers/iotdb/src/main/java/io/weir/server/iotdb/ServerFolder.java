package io.weir.server.iotdb;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Everything that a server has on disk: configuration, data and log. */
record ServerFolder(Path path, boolean throwAway) {

    private static final int LOG_BYTES = 1 << 18;
    private static final int TAIL = 3000;
    private static final List<String> PORT_TAKEN =
            List.of("Could not create ServerSocket", "Address already in use", "BindException");

    static ServerFolder of(@Nullable Path kept) {
        try {
            return kept == null
                    ? new ServerFolder(Files.createTempDirectory("weir-iotdb-"), true)
                    : new ServerFolder(Files.createDirectories(kept).toAbsolutePath(), false);
        } catch (IOException e) {
            throw new UncheckedIOException("Can not make a folder for the IoTDB server.", e);
        }
    }

    Path configuration() {
        return path.resolve("conf");
    }

    Path logback() {
        return configuration().resolve("logback.xml");
    }

    Path temporary() {
        return path.resolve("tmp");
    }

    Path log() {
        return path.resolve("server.log");
    }

    /** Written by the child once it serves. */
    Path ready() {
        return path.resolve("ready");
    }

    /** The ports of the server that lived here before, for a cluster of one remembers its own addresses. */
    @Nullable Ports ports() {
        Path file = properties();
        if (!Files.exists(file)) {
            return null;
        }
        Properties known = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            known.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException("Can not read " + file + ".", e);
        }
        return new Ports(
                port(known, "dn_rpc_port"),
                port(known, "cn_internal_port"),
                port(known, "cn_consensus_port"),
                port(known, "dn_internal_port"),
                port(known, "dn_mpp_data_exchange_port"),
                port(known, "dn_schema_region_consensus_port"),
                port(known, "dn_data_region_consensus_port"));
    }

    private static int port(Properties known, String key) {
        return Integer.parseInt(known.getProperty(key, "0"));
    }

    void configure(IotdbServerOptions options, Ports ports) {
        String simple = "org.apache.iotdb.consensus.simple.SimpleConsensus";
        StringBuilder lines = new StringBuilder()
                .append("cluster_name=weir\n")
                .append("cn_internal_address=127.0.0.1\n")
                .append("cn_internal_port=")
                .append(ports.config())
                .append('\n')
                .append("cn_consensus_port=")
                .append(ports.configConsensus())
                .append('\n')
                .append("cn_seed_config_node=127.0.0.1:")
                .append(ports.config())
                .append('\n')
                .append("dn_seed_config_node=127.0.0.1:")
                .append(ports.config())
                .append('\n')
                .append("dn_rpc_address=127.0.0.1\n")
                .append("dn_rpc_port=")
                .append(ports.client())
                .append('\n')
                .append("dn_internal_address=127.0.0.1\n")
                .append("dn_internal_port=")
                .append(ports.data())
                .append('\n')
                .append("dn_mpp_data_exchange_port=")
                .append(ports.exchange())
                .append('\n')
                .append("dn_schema_region_consensus_port=")
                .append(ports.schemaConsensus())
                .append('\n')
                .append("dn_data_region_consensus_port=")
                .append(ports.dataConsensus())
                .append('\n')
                // One node elects nobody: fewer listeners and a quicker start than with Ratis.
                .append("config_node_consensus_protocol_class=")
                .append(simple)
                .append('\n')
                .append("schema_region_consensus_protocol_class=")
                .append(simple)
                .append('\n')
                .append("data_region_consensus_protocol_class=")
                .append(simple)
                .append('\n')
                .append("schema_replication_factor=1\n")
                .append("data_replication_factor=1\n");
        options.properties()
                .forEach((key, value) ->
                        lines.append(key).append('=').append(value).append('\n'));
        try {
            Files.createDirectories(configuration());
            Files.createDirectories(temporary());
            Files.writeString(properties(), lines);
            Files.writeString(logback(), """
                    <configuration>
                      <appender name="out" class="ch.qos.logback.core.ConsoleAppender">
                        <encoder><pattern>%d{HH:mm:ss.SSS} %-5level [%thread] %logger{0}: %msg%n</pattern></encoder>
                      </appender>
                      <root level="WARN"><appender-ref ref="out"/></root>
                    </configuration>
                    """);
            Files.deleteIfExists(ready());
        } catch (IOException e) {
            throw new UncheckedIOException("Can not write the configuration of the IoTDB server to " + path + ".", e);
        }
    }

    private Path properties() {
        return configuration().resolve("iotdb-system.properties");
    }

    /** Why the server did not start, as far as its log tells: the first error, and the end. */
    String logSummary() {
        String log = logEnd(LOG_BYTES);
        String first = log.lines()
                .dropWhile(line -> !line.contains(" ERROR "))
                .limit(2)
                .collect(Collectors.joining("\n"));
        return (first.isEmpty() ? "" : "The first error in its log:\n" + first + "\n…\n") + "The end of its log:\n"
                + log.substring(Math.max(0, log.length() - TAIL));
    }

    /** Whether the log says that somebody else listens on one of the ports. */
    boolean portWasTaken() {
        String log = logEnd(LOG_BYTES);
        return PORT_TAKEN.stream().anyMatch(log::contains);
    }

    private String logEnd(int most) {
        try (RandomAccessFile file = new RandomAccessFile(log().toFile(), "r")) {
            long start = Math.max(0, file.length() - most);
            byte[] end = new byte[(int) (file.length() - start)];
            file.seek(start);
            file.readFully(end);
            return new String(end, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "(no log: " + e.getMessage() + ")";
        }
    }

    void deleteIfThrowAway() {
        if (throwAway) {
            delete(path);
        }
    }

    /** Deletes what it can; what a dying process still holds or writes does not matter in a temporary folder. */
    static void delete(Path folder) {
        try (Stream<Path> tree = Files.walk(folder)) {
            List<Path> leavesFirst = tree.sorted(Comparator.reverseOrder()).toList();
            for (Path path : leavesFirst) {
                Files.deleteIfExists(path);
            }
        } catch (IOException | UncheckedIOException leftToTheSystem) {
            folder.toFile().deleteOnExit();
        }
    }
}
