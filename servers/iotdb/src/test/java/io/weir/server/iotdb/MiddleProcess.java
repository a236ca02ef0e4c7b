package io.weir.server.iotdb;

import java.io.IOException;

/** A program that starts a server, says so, and waits to be killed: what a test run or a sample is to the server. */
final class MiddleProcess {

    private MiddleProcess() {}

    /** Args: {@code paused} to freeze the server before it says so. */
    public static void main(String[] args) throws IOException {
        IotdbServer server = IotdbServer.start();
        if (args.length > 0 && args[0].equals("paused")) {
            server.pause();
        }
        System.out.println(server.process().pid() + " " + server.log().getParent());
        if (System.in.read() >= 0) {
            throw new IllegalStateException("nobody was to write here");
        }
    }
}
