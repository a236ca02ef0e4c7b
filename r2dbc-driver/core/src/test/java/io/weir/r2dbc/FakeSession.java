package io.weir.r2dbc;

import io.weir.core.ResultPart;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** A session that answers what the test says, and remembers what it was asked. */
final class FakeSession implements DriverSession {

    static final SessionTraits PLAIN = new SessionTraits(
            "Fake DB",
            "1.2.3",
            SqlSyntax.STANDARD,
            Set.of(Integer.class, Long.class, String.class, ByteBuffer.class, BigDecimal.class),
            false,
            false,
            "An INSERT of many rows is one write.");

    static final SessionTraits RICH =
            new SessionTraits("Rich DB", "4.5", SqlSyntax.STANDARD, PLAIN.bindTypes(), true, true, "");

    final List<Command> commands = new CopyOnWriteArrayList<>();
    final List<String> acts = new CopyOnWriteArrayList<>();
    final AtomicInteger cancels = new AtomicInteger();
    final Sinks.Empty<Void> closing = Sinks.empty();

    SessionTraits traits = PLAIN;

    @Nullable Transactions transactions;

    @Nullable RuntimeException commitFailure;

    Function<Command, Flux<ResultPart>> answer = command -> Flux.just(ResultPart.End.INSTANCE);
    Mono<Boolean> ping = Mono.just(true);
    Mono<Void> close = Mono.empty();
    Mono<Void> reset = Mono.empty();

    @Nullable Scheduler scheduler;

    volatile boolean open = true;

    /** Answers every command with these parts. */
    FakeSession answering(ResultPart... parts) {
        answer = command -> Flux.fromIterable(List.of(parts));
        return this;
    }

    FakeSession answering(Flux<ResultPart> parts) {
        answer = command -> parts;
        return this;
    }

    WeirConnection connection() {
        return connection(ConnectionSettings.DEFAULTS);
    }

    WeirConnection connection(ConnectionSettings settings) {
        return new WeirConnection(new ConnectionScope(this, settings, Schedulers.parallel()));
    }

    Command.Run lastRun() {
        return (Command.Run) commands.get(commands.size() - 1);
    }

    /** The values of the last run, one list per execution. */
    List<List<Object>> lastValues() {
        List<List<Object>> all = new ArrayList<>();
        for (Binding binding : lastRun().bindings()) {
            List<Object> values = new ArrayList<>();
            binding.values().forEach(value -> values.add(value.value()));
            all.add(values);
        }
        return all;
    }

    @Override
    public SessionTraits traits() {
        return traits;
    }

    @Override
    public String id() {
        return "c7";
    }

    @Override
    public String endpoint() {
        return "db.example:6667";
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public @Nullable Scheduler scheduler() {
        return scheduler;
    }

    @Override
    public Flux<ResultPart> run(Command command) {
        return Flux.defer(() -> {
                    commands.add(command);
                    return answer.apply(command);
                })
                .doOnCancel(cancels::incrementAndGet);
    }

    @Override
    public @Nullable Transactions transactions() {
        return transactions;
    }

    @Override
    public Mono<Void> reset() {
        return Mono.defer(() -> {
            acts.add("reset");
            return reset;
        });
    }

    @Override
    public Mono<Boolean> ping() {
        return Mono.defer(() -> {
            acts.add("ping");
            return ping;
        });
    }

    @Override
    public Mono<Void> close() {
        return Mono.defer(() -> {
            acts.add("close");
            open = false;
            return close.doOnSuccess(done -> closing.tryEmitEmpty());
        });
    }

    @Override
    public Mono<Void> onClose() {
        return closing.asMono();
    }
}
