package io.weir.iotdb;

import io.weir.core.ResultPart;
import io.weir.iotdb.protocol.ExecutePrepared;
import io.weir.iotdb.protocol.ParameterValues;
import io.weir.iotdb.session.WireSession;
import io.weir.iotdb.type.CallLimits;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A statement of the table model that the server has prepared: see {@link IotdbSession#prepared}. Belongs to its session,
 * and ends with it.
 */
public final class PreparedStatement {

    private final Preparer preparer;
    private final String name;
    private final int parameters;
    private final AtomicBoolean closed = new AtomicBoolean();

    PreparedStatement(Preparer preparer, String name, int parameters) {
        this.preparer = preparer;
        this.name = name;
        this.parameters = parameters;
    }

    /** How many {@code ?} it has. */
    public int parameters() {
        return parameters;
    }

    /** Runs it with the session's limits, see {@link #run(List, CallLimits)}. */
    public Flux<ResultPart> run(@Nullable Object... values) {
        return run(Arrays.asList(values), CallLimits.OPEN);
    }

    /**
     * Runs it, for each subscriber, at his first demand; what comes is as with
     * {@link IotdbSession#run(String, CallLimits)}.
     *
     * @param values one for each parameter, in their order: Boolean, whole numbers up to Long, Float, Double, String,
     *     byte[], moments (as counts in the server's precision) or null
     * @throws IllegalArgumentException if there are more or fewer values, or one of another type; no value is in the text
     */
    public Flux<ResultPart> run(List<? extends @Nullable Object> values, CallLimits limits) {
        WireSession session = preparer.session();
        ParameterValues encoded = ParameterValues.of(values, session.server().precision());
        if (encoded.size() != parameters) {
            throw new IllegalArgumentException(
                    encoded.size() + " values were given for a statement of " + parameters + " parameters");
        }
        return Flux.defer(() -> closed.get()
                ? Flux.error(new IllegalStateException("This prepared statement is closed: prepare it again"))
                : session.run(session.spec(head -> new ExecutePrepared(head, name, encoded), limits)));
    }

    /** Has the server forget it. Closing again completes as well. */
    public Mono<Void> close() {
        return Mono.defer(() -> closed.compareAndSet(false, true) ? preparer.drop(name) : Mono.empty());
    }
}
