package io.weir.iotdb.type;

import io.weir.core.TimePrecision;
import java.util.List;

/**
 * What a server says of itself at login.
 *
 * @param version such as {@code 2.0.1-beta}
 * @param build the commit it was built from; empty if it does not tell
 * @param precision what one step of its time stamps is
 * @param maxClients how many connections it accepts; 0 if it does not tell
 * @param maxFrameBytes the largest request it reads; 0 if it does not tell
 * @param readOnly whether it takes no writes at present
 * @param timeFunctions the functions over times that it says it knows
 */
public record ServerInfo(
        String version,
        String build,
        TimePrecision precision,
        int maxClients,
        int maxFrameBytes,
        boolean readOnly,
        List<String> timeFunctions) {}
