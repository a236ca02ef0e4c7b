package io.weir.tdengine.r2dbc;

import io.weir.server.tdengine.TdengineServerOptions;
import io.weir.server.tdengine.TdengineStandIn;
import io.weir.server.tdengine.TestedTdengine;
import io.weir.server.tdengine.manner.Manner;

/** A stand-in whatever server is named, for tests of its manners and by its counters; its database is {@code p}. */
final class StandIn extends TestPlace {

    static final String TWO_STEPS = "3.3.8.1";
    static final String AT_ONCE = "3.4.1.13";
    /** Prepares nothing. */
    static final String LITERALS = "3.3.4.0";

    final TdengineStandIn server;

    private StandIn(TestedTdengine at) {
        super(at, "r2dbc:tdengine", "p");
        server = at.standIn();
    }

    static StandIn of(String version) {
        return new StandIn(
                TestedTdengine.standIn(TdengineServerOptions.defaults().withVersion(version)));
    }

    StandIn with(Manner manner, Object value) {
        server.manners().set(manner, value);
        return this;
    }

    @Override
    StandIn run(String... statements) {
        super.run(statements);
        return this;
    }
}
