package io.weir.tdengine.r2dbc;

import java.util.stream.Stream;

/**
 * Where a test is run once for each way in which values travel: by the names that reports show. Stand-ins have versions; a
 * server that is named has one, and is reached by WebSocket and by REST.
 */
final class Places {

    static final String WEBSOCKET = "r2dbc:tdengine";
    static final String REST = "r2dbc:tdengine:rest";

    private static final boolean STAND_INS = System.getenv("WEIR_TDENGINE_URL") == null;

    private Places() {}

    /** All of them, and of the stand-ins those with these versions. */
    static Stream<String> of(String... versions) {
        return STAND_INS ? Stream.concat(Stream.of(versions), Stream.of(REST)) : Stream.of(WEBSOCKET, REST);
    }

    /** One of these. */
    static TestPlace at(String place) {
        return place.startsWith("r2dbc:") ? TestPlace.any(place) : StandIn.of(place);
    }
}
