package io.weir.server.tdengine;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * {@code ./dev server tdengine [port]}: a stand-in to play with, until Ctrl-C. As a child process it ends with its
 * standard input, so that it never outlives who started it.
 */
public final class TdengineStandInMain {

    private static final int DEFAULT_PORT = 6041;

    private TdengineStandInMain() {}

    public static void main(String[] args) throws InterruptedException, IOException {
        boolean child = args.length == 2 && args[1].equals("--child");
        if (args.length > 2 || (args.length == 2 && !child) || (args.length > 0 && !args[0].matches("[0-9]{1,5}"))) {
            System.err.println("Which port? One number, or nothing for " + DEFAULT_PORT + ".");
            System.exit(2);
        }
        int port = args.length == 0 ? DEFAULT_PORT : Integer.parseInt(args[0]);
        TdengineStandIn standIn;
        try {
            standIn = TdengineStandIn.start(TdengineServerOptions.defaults().withPort(port));
        } catch (UncheckedIOException e) {
            System.err.println(e.getMessage());
            System.exit(1);
            return;
        }
        System.out.println(
                "A stand-in for TDengine is up, no real TDengine. Ctrl-C stops it, and its data go with it.");
        System.out.println("  url      " + standIn.url());
        System.out.println("  rows     SELECT * FROM weir_gen.rows_1000000");
        System.out.println("  manners  http://" + standIn.host() + ":" + standIn.port() + "/weir/manners");
        if (child) {
            while (System.in.read() >= 0) {
                // Whatever it says, only its end counts.
            }
        } else {
            Thread.currentThread().join();
        }
        standIn.close();
    }
}
