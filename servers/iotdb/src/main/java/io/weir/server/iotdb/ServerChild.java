package io.weir.server.iotdb;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The main class of the child process: both nodes of a small cluster in one JVM.
 *
 * <p>Its standard input is held open by the parent. However the parent ends, the system closes that pipe; the child
 * sees the end of its input and halts at once, without the server's own shutdown, which takes seconds.
 */
final class ServerChild {

    private ServerChild() {}

    /**
     * Starts the server and returns; the server's own threads keep the process alive.
     *
     * @param args the server's folder, and {@code throw-away} where it is to go with the process
     */
    public static void main(String[] args) throws IOException, ReflectiveOperationException {
        Path folder = Path.of(args[0]);
        boolean throwAway = args[1].equals("throw-away");
        Thread watcher = new Thread(() -> haltWithParent(folder, throwAway), "parent-watcher");
        watcher.setDaemon(true);
        watcher.start();
        run("org.apache.iotdb.confignode.service.ConfigNode");
        run("org.apache.iotdb.db.service.DataNode");
        Files.createFile(folder.resolve("ready"));
    }

    private static void run(String node) throws ReflectiveOperationException {
        try {
            Class.forName(node).getMethod("main", String[].class).invoke(null, (Object) new String[] {"-s"});
        } catch (InvocationTargetException e) {
            // Its threads would keep a half-started server alive.
            e.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }

    private static void haltWithParent(Path folder, boolean throwAway) {
        try {
            while (System.in.read() >= 0) {
                // Nobody writes to it; only the end counts.
            }
        } catch (IOException broken) {
            // As good as the end.
        } finally {
            if (throwAway) {
                ServerFolder.delete(folder);
            }
            Runtime.getRuntime().halt(0);
        }
    }
}
