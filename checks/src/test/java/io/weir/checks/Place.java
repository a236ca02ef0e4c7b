package io.weir.checks;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where a package stands in the architecture.
 *
 * @param artifact the kind of artifact that it belongs to
 * @param system the system's name, or the empty string where none is meant
 * @param room the package below the artifact's root, or the empty string for the root
 */
record Place(Artifact artifact, String system, String room) {

    enum Artifact {
        CORE,
        HTTP,
        SYSTEM,
        R2DBC,
        DRIVER,
        TESTKIT,
        SERVER
    }

    /**
     * From below to above: each room of a system knows those before it in this list. {@code nativelib} is an artifact of its
     * own, another way to sessions, which the root finds on the class path.
     */
    private static final List<String> SYSTEM_ROOMS = List.of("type", "protocol", "session", "nativelib", "");

    /** {@code metrics} is public: it binds events to Micrometer, which nobody needs to have. */
    private static final List<String> CORE_ROOMS = List.of("", "page", "wire", "metrics");

    private static final List<String> HTTP_ROOMS = List.of("json", "websocket");

    /** The systems that talk HTTP or WebSocket; the others speak binary protocols of their own over TCP. */
    private static final Set<String> OVER_HTTP = Set.of("tdengine", "milvus", "ekuiper");

    /** Nothing for packages outside the base, and for what is never published. */
    static Optional<Place> of(String base, String packageName) {
        if (!packageName.startsWith(base + ".")) {
            return Optional.empty();
        }
        String below = packageName.substring(base.length() + 1);
        String first = head(below);
        String rest = tail(below);
        return switch (first) {
            case "core" -> Optional.of(new Place(Artifact.CORE, "", rest));
            case "http" -> Optional.of(new Place(Artifact.HTTP, "", rest));
            case "r2dbc" -> Optional.of(new Place(Artifact.R2DBC, "", rest));
            case "testkit" -> Optional.of(new Place(Artifact.TESTKIT, "", rest));
            case "server" -> Optional.of(new Place(Artifact.SERVER, head(rest), tail(rest)));
            case "sample", "benchmarks", "checks" -> Optional.empty();
            default ->
                Optional.of(
                        head(rest).equals("r2dbc")
                                ? new Place(Artifact.DRIVER, first, tail(rest))
                                : new Place(Artifact.SYSTEM, first, rest));
        };
    }

    private static String head(String path) {
        int dot = path.indexOf('.');
        return dot < 0 ? path : path.substring(0, dot);
    }

    private static String tail(String path) {
        int dot = path.indexOf('.');
        return dot < 0 ? "" : path.substring(dot + 1);
    }

    /** Whether the architecture knows this room at all. */
    boolean isKnown() {
        return switch (artifact) {
            case SYSTEM -> SYSTEM_ROOMS.contains(room);
            case CORE -> CORE_ROOMS.contains(room);
            case HTTP -> HTTP_ROOMS.contains(room);
            default -> true;
        };
    }

    /** What users do not see. */
    boolean isInternal() {
        return switch (artifact) {
            case SYSTEM -> !room.isEmpty() && !room.equals("type");
            case CORE -> !room.isEmpty() && !room.equals("metrics");
            case HTTP -> true;
            default -> false;
        };
    }

    boolean isMetrics() {
        return artifact == Artifact.CORE && room.equals("metrics");
    }

    boolean isOverHttp() {
        return artifact == Artifact.SYSTEM && OVER_HTTP.contains(system);
    }

    boolean isProtocol() {
        return artifact == Artifact.SYSTEM && room.equals("protocol");
    }

    /** Client code: what must never block and starts no threads of its own. */
    boolean isClientCode() {
        return artifact != Artifact.TESTKIT && artifact != Artifact.SERVER;
    }

    boolean mayKnow(Place other) {
        if (artifact == other.artifact && system.equals(other.system)) {
            return artifact != Artifact.SYSTEM || SYSTEM_ROOMS.indexOf(other.room) <= SYSTEM_ROOMS.indexOf(room);
        }
        return switch (artifact) {
            case CORE, TESTKIT, SERVER -> false;
            case HTTP, R2DBC -> other.artifact == Artifact.CORE;
            case SYSTEM -> systemMayKnow(other);
            case DRIVER ->
                other.artifact == Artifact.CORE
                        || other.artifact == Artifact.R2DBC
                        || (other.artifact == Artifact.SYSTEM && other.system.equals(system) && !other.isInternal());
        };
    }

    private boolean systemMayKnow(Place other) {
        if (isProtocol() || room.equals("type")) {
            return other.artifact == Artifact.CORE && !other.room.equals("wire");
        }
        return other.artifact == Artifact.CORE || (other.artifact == Artifact.HTTP && isOverHttp());
    }

    @Override
    public String toString() {
        return artifact.name().toLowerCase(java.util.Locale.ROOT)
                + (system.isEmpty() ? "" : " " + system)
                + (room.isEmpty() ? "" : ", room " + room);
    }
}
