package io.weir.iotdb.r2dbc;

import io.weir.testkit.SharedThings;
import java.util.Map;

/** What the test classes of this module share. */
final class Shared extends SharedThings {

    Shared() {
        super(Map.of(TestDatabase.class, TestDatabase::new, ComplianceServer.class, ComplianceServer::new));
    }
}
