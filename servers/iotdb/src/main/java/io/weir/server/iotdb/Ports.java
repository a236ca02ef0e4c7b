package io.weir.server.iotdb;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The ports of one server.
 *
 * @param client what clients connect to
 * @param config the config node's internal port
 * @param configConsensus reserved for the config node's consensus
 * @param data the data node's internal port
 * @param exchange where data nodes exchange intermediate results
 * @param schemaConsensus reserved for the schema regions' consensus
 * @param dataConsensus reserved for the data regions' consensus
 */
record Ports(
        int client, int config, int configConsensus, int data, int exchange, int schemaConsensus, int dataConsensus) {

    private static final int OTHERS = 6;

    // Below the range from which systems take the ports of outgoing connections: those come and go at any moment.
    private static final int LOWEST = 20_000;
    private static final int HIGHEST = 32_000;

    /** Free ports, one of them given unless it is 0. Somebody else may still take one before the server does. */
    static Ports free(int client) {
        for (int attempt = 0; attempt < 500; attempt++) {
            int first = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST - OTHERS);
            if (allFree(first)) {
                return new Ports(
                        client == 0 ? first + OTHERS : client,
                        first,
                        first + 1,
                        first + 2,
                        first + 3,
                        first + 4,
                        first + 5);
            }
        }
        throw new IllegalStateException("Found no " + (OTHERS + 1) + " free ports in a row between " + LOWEST + " and "
                + HIGHEST + " on this machine.");
    }

    static boolean isFree(int port) {
        // On all interfaces, because that is where the server binds.
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    private static boolean allFree(int first) {
        for (int port = first; port <= first + OTHERS; port++) {
            if (!isFree(port)) {
                return false;
            }
        }
        return true;
    }
}
