package io.weir.tdengine.r2dbc;

import io.weir.testkit.FrameCutter;
import io.weir.testkit.compliance.Capability;
import java.util.EnumSet;
import java.util.Set;

/** TDengine over the C interface of the vendor's library, for the suite: each connection with a session of its own. */
record NativeFixture(NativeServer server) implements TdengineDialect {

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.of(Capability.DUPLICATE_LABELS, Capability.LOGIN, Capability.SLOW_STATEMENTS);
    }

    @Override
    public String host() {
        return NativeServer.HOST;
    }

    @Override
    public int port() {
        return NativeServer.PORT;
    }

    @Override
    public String url(String host, int port) {
        return server.url(host, port, "sharing=off");
    }

    @Override
    public String noProxy() {
        return "the library owns the socket";
    }

    @Override
    public FrameCutter replyFrames() {
        throw new UnsupportedOperationException(noProxy());
    }

    @Override
    public long bytesForTenRows() {
        throw new UnsupportedOperationException(noProxy());
    }

    @Override
    public int minimalBoundaries() {
        throw new UnsupportedOperationException(noProxy());
    }

    @Override
    public String scan(int rows) {
        return "SELECT * FROM gen_" + rows;
    }

    @Override
    public String slow() {
        return "SLEEP 10000";
    }
}
