package io.weir.iotdb;

import io.weir.iotdb.protocol.FetchConnections;
import io.weir.iotdb.protocol.GetBackup;
import io.weir.iotdb.type.BackupInfo;
import io.weir.iotdb.type.ConnectionInfo;
import java.util.List;
import reactor.core.publisher.Mono;

/** What a server tells of itself beyond {@link io.weir.iotdb.type.ServerInfo}. */
public final class IotdbAdmin {

    private final Route route;

    IotdbAdmin(Route route) {
        this.route = route;
    }

    /** Who is connected to this node. */
    public Mono<List<ConnectionInfo>> connections() {
        return route.call((session, deadline) -> session.ask(id -> new FetchConnections(), deadline));
    }

    /** Whether this server copies its writes to a second one. */
    public Mono<BackupInfo> backup() {
        return route.call((session, deadline) -> session.ask(id -> new GetBackup(), deadline)
                .flatMap(answer -> answer.status().isSuccess()
                        ? Mono.just(answer.info())
                        : Mono.error(session.located(answer.status().toError()))));
    }
}
