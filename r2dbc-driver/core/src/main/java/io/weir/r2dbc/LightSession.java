package io.weir.r2dbc;

import io.weir.core.ResultPart;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * A session that costs nothing until it has to remember something. Its commands travel on wires that it shares with others,
 * and outlive the loss of each of them; the first command that changes a session gets a wire of its own, which all that
 * follow take as well. From then on it is as mortal as that wire: nothing is opened anew behind its back, because nobody
 * would know what the lost one had been told.
 *
 * <p>A reset gives the wire back, and the session is light again. For stores without transactions.
 */
public final class LightSession implements DriverSession {

    private final DriverSession shared;
    private final Mono<? extends DriverSession> own;
    private final Predicate<Command> binds;
    private final AtomicReference<@Nullable Mono<DriverSession>> binding = new AtomicReference<>();
    private final Sinks.Empty<Void> end = Sinks.empty();
    private volatile @Nullable DriverSession bound;
    private volatile boolean closed;

    /**
     * @param shared runs commands on wires that belong to all; closing it closes none of them
     * @param own opens a session with a wire of its own
     * @param binds whether a command changes the session that runs it
     */
    public LightSession(DriverSession shared, Mono<? extends DriverSession> own, Predicate<Command> binds) {
        this.shared = shared;
        this.own = own;
        this.binds = binds;
    }

    private DriverSession current() {
        DriverSession mine = bound;
        return mine == null ? shared : mine;
    }

    @Override
    public Flux<ResultPart> run(Command command) {
        return Flux.defer(() -> {
            DriverSession mine = bound;
            if (mine != null) {
                return mine.run(command);
            }
            return binding.get() == null && !binds.test(command)
                    ? shared.run(command)
                    : bind().flatMapMany(session -> session.run(command));
        });
    }

    /** One wire for all who ask at once; if it could not be had, who asks next tries again. */
    private Mono<DriverSession> bind() {
        Mono<DriverSession> known = binding.get();
        if (known != null) {
            return known;
        }
        Mono<DriverSession> fresh = own.<DriverSession>map(session -> session)
                .doOnNext(this::boundTo)
                .doOnError(e -> binding.set(null))
                .cache();
        return binding.compareAndSet(null, fresh) ? fresh : bind();
    }

    private void boundTo(DriverSession session) {
        bound = session;
        session.onClose().subscribe(nothing -> {}, lost -> ended(session, lost), () -> ended(session, null));
        if (closed) {
            session.close().onErrorComplete().subscribe();
        }
    }

    private void ended(DriverSession session, @Nullable Throwable lost) {
        if (bound != session) {
            return;
        }
        if (lost == null) {
            end.tryEmitEmpty();
        } else {
            end.tryEmitError(lost);
        }
    }

    /** Gives the wire back, unless it is lost: then this session stays lost. */
    @Override
    public Mono<Void> reset() {
        return Mono.defer(() -> {
            DriverSession mine = bound;
            if (mine == null) {
                return shared.reset();
            }
            if (!mine.isOpen()) {
                return mine.reset();
            }
            bound = null;
            binding.set(null);
            return mine.close();
        });
    }

    @Override
    public Mono<Void> close() {
        return Mono.defer(() -> {
            closed = true;
            DriverSession mine = bound;
            Mono<Void> both = mine == null ? shared.close() : mine.close().then(shared.close());
            return both.doFinally(signal -> end.tryEmitEmpty());
        });
    }

    @Override
    public Mono<Void> onClose() {
        return Mono.firstWithSignal(end.asMono(), shared.onClose());
    }

    @Override
    public boolean isOpen() {
        return !closed && current().isOpen();
    }

    /** Asks the wire that the next command would take. */
    @Override
    public Mono<Boolean> ping() {
        return Mono.defer(() -> current().ping());
    }

    @Override
    public SessionTraits traits() {
        return shared.traits();
    }

    @Override
    public String id() {
        return current().id();
    }

    @Override
    public String endpoint() {
        return current().endpoint();
    }

    @Override
    public @Nullable Transactions transactions() {
        return null;
    }

    @Override
    public Object unwrap() {
        return current().unwrap();
    }
}
