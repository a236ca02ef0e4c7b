package io.weir.server.iotdb;

/** {@code ./dev server iotdb [port]}: a server to play with, until Ctrl-C. */
public final class IotdbServerMain {

    private static final int DEFAULT_PORT = 6667;

    private IotdbServerMain() {}

    public static void main(String[] args) throws InterruptedException {
        if (args.length > 1 || (args.length == 1 && !args[0].matches("[0-9]{1,5}"))) {
            System.err.println("Which port? One number, or nothing for " + DEFAULT_PORT + ".");
            System.exit(2);
        }
        int port = args.length == 0 ? DEFAULT_PORT : Integer.parseInt(args[0]);
        IotdbServer server;
        try {
            server = IotdbServer.start(IotdbServerOptions.defaults().withPort(port));
        } catch (IllegalStateException e) {
            System.err.println(e.getMessage());
            System.exit(1);
            return;
        }
        System.out.println("IoTDB is up, Ctrl-C stops it. Its data goes with it.");
        System.out.println("  table model  " + server.url() + "?sqlDialect=table");
        System.out.println("  tree model   " + server.url());
        System.out.println("  log          " + server.log());
        server.process().onExit().join();
    }
}
