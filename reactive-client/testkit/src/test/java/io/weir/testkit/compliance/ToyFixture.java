package io.weir.testkit.compliance;

import io.r2dbc.spi.ConnectionFactoryOptions;
import io.r2dbc.spi.Option;
import io.r2dbc.spi.R2dbcDataIntegrityViolationException;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.R2dbcPermissionDeniedException;
import io.r2dbc.spi.R2dbcRollbackException;
import io.weir.testkit.FrameCutter;
import io.weir.testkit.compliance.toy.ToyFault;
import io.weir.testkit.compliance.toy.ToyProvider;
import io.weir.testkit.compliance.toy.ToyServer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The toy, as a driver under test; with or without a mistake.
 *
 * @param fault the mistake
 * @param minimalBoundaries how many boundaries are expected
 * @param kept what is not provoked although it could be
 * @param noProxy why no proxy is possible, or null
 */
record ToyFixture(
        ToyFault fault,
        int minimalBoundaries,
        Set<String> kept,
        @Nullable String noProxy) implements Fixture {

    ToyFixture(ToyFault fault) {
        this(fault, 23, Set.of(), null);
    }

    @Override
    public String product() {
        return "Toy";
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(
                Capability.DUPLICATE_LABELS, Capability.SLOW_STATEMENTS, Capability.HUGE_UPDATES, Capability.LOGIN);
    }

    @Override
    public String host() {
        return ToyServer.SHARED.host();
    }

    @Override
    public int port() {
        return ToyServer.SHARED.port();
    }

    @Override
    public String url(String host, int port) {
        return "r2dbc:toy://user:opensesame@" + host + ":" + port + "?" + ToyProvider.FAULT.name() + "=" + fault;
    }

    @Override
    public List<Option<?>> requiredOptions() {
        return List.of(ConnectionFactoryOptions.HOST, ConnectionFactoryOptions.USER);
    }

    @Override
    public FrameCutter replyFrames() {
        return FrameCutter.intLengthPrefixed();
    }

    @Override
    public List<String> createTable(String table) {
        return List.of("CREATE TABLE " + table + " (v INTEGER, t VARCHAR(100))");
    }

    @Override
    public String insertWithPlaceholders(String table) {
        return "INSERT INTO " + table + " VALUES (?, ?)";
    }

    @Override
    public String select(String table) {
        return "SELECT v, t FROM " + table;
    }

    @Override
    public String selectUnderOneLabel(String table) {
        return "SELECT v AS twice, t AS twice FROM " + table;
    }

    @Override
    public String scan(int rows) {
        return "SCAN " + rows;
    }

    @Override
    public String slow() {
        return ToyServer.SLOW;
    }

    @Override
    public String hugeUpdate(long rows) {
        return "HUGE " + rows;
    }

    @Override
    public List<Provocation> provocations() {
        List<Provocation> all = List.of(
                new Provocation(
                        "a constraint",
                        R2dbcDataIntegrityViolationException.class,
                        List.of(insert(Bench.SCRATCH, 1, 1), "REFUSE DataIntegrityViolation")),
                new Provocation(
                        "a permission", R2dbcPermissionDeniedException.class, List.of("REFUSE PermissionDenied")),
                new Provocation("a conflict", R2dbcRollbackException.class, List.of("REFUSE Rollback")));
        return all.stream()
                .filter(provocation -> !kept.contains(provocation.what()))
                .toList();
    }

    @Override
    public Map<Class<? extends R2dbcException>, String> unprovoked() {
        return Map.of();
    }

    @Override
    public long bytesForTenRows() {
        return 3 * 100 * 80;
    }
}
