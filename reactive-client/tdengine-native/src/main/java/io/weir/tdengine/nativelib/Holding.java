package io.weir.tdengine.nativelib;

import io.netty.channel.EventLoop;
import io.weir.core.Endpoint;
import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Something that the library has made for us: a connection, or a consumer. Everything of ours happens on one event loop; what
 * may block, on the threads of the client. It is given back when the library has ended what it is at, because it would
 * otherwise work on memory that is gone.
 */
final class Holding {

    /**
     * What it is.
     *
     * @param id in logs and errors
     * @param threads on which its calls may block
     * @param giveBack ends it; may block
     */
    record Facts(String id, Endpoint endpoint, LoadedLibrary library, Consumer<Runnable> threads, Runnable giveBack) {}

    private final NativeSource source;
    private final LoopOfSession loop;
    private final Facts facts;
    private final Sinks.Empty<Void> closed = Sinks.empty();

    /** Whether the library has said that it has lost its servers. */
    private volatile boolean cutOff;

    private volatile boolean closing;
    private volatile int pending;
    private volatile Runnable whenFree = () -> {};

    // The rest belongs to the event loop.
    /** What has to end before it can be given back: calls, results, statements. */
    private int holds;

    private boolean givenBack;

    /** The client's threads are kept for it already. */
    Holding(NativeSource source, EventLoop loop, Facts facts) {
        this.source = source;
        this.loop = new LoopOfSession(loop);
        this.facts = facts;
    }

    // --- what is at work ------------------------------------------------------------------------------------------

    /** Something begins that has to end before it is given back; false if it is too late for that. On the loop. */
    boolean hold() {
        if (closing) {
            return false;
        }
        holdForEnding();
        return true;
    }

    /** For what ends something: it may begin although all is closing. Within the hold of what it ends. */
    void holdForEnding() {
        holds++;
        pending = holds;
    }

    void release() {
        holds--;
        pending = holds;
        whenFree.run();
        giveBackIfFree();
    }

    int pending() {
        return pending;
    }

    void whenFree(Runnable listener) {
        whenFree = listener;
    }

    // --- the end --------------------------------------------------------------------------------------------------

    /**
     * Gives it back, as soon as nothing is at work.
     *
     * @param begin ends what is at work, once, on the loop
     */
    Mono<Void> close(Runnable begin) {
        return Mono.defer(() -> {
            loop.run(() -> {
                if (!closing) {
                    closing = true;
                    begin.run();
                    giveBackIfFree();
                }
            });
            return closed.asMono();
        });
    }

    private void giveBackIfFree() {
        if (closing && holds == 0 && !givenBack) {
            givenBack = true;
            facts.threads().accept(() -> {
                facts.giveBack().run();
                source.workers().letGo();
                loop.run(() -> {
                    source.events().disconnected("tdengine", facts.endpoint().toString(), false);
                    closed.tryEmitEmpty();
                });
            });
        }
    }

    boolean isClosing() {
        return closing;
    }

    /** Completes when it has been given back. The library itself reconnects: it is not lost. */
    Mono<Void> onClose() {
        return closed.asMono();
    }

    // --- calls that may block -------------------------------------------------------------------------------------

    /**
     * What may block, with a hold. Its outcome is told on the loop; if nobody waits for it any longer, it goes by without a
     * word.
     */
    <T> Mono<T> call(String what, Duration limit, Callable<T> blocking) {
        return call(what, limit, blocking, any -> {}, late -> {});
    }

    /**
     * The same for what has to be given back.
     *
     * @param arrived hears of every outcome
     * @param late hears of one that nobody waits for any longer
     */
    <T> Mono<T> call(
            String what, Duration limit, Callable<T> blocking, Consumer<? super T> arrived, Consumer<? super T> late) {
        BlockingCall.Task<T> task = new BlockingCall.Task<>(what, limit, blocking, arrived, late);
        return call(task, facts.threads());
    }

    /** The same on threads of its own choice. */
    <T> Mono<T> call(BlockingCall.Task<T> task, Consumer<Runnable> threads) {
        return Mono.create(sink -> new BlockingCall<>(this, task, threads, sink).start());
    }

    // --- errors ---------------------------------------------------------------------------------------------------

    void refused(WeirException error) {
        cutOff |= error.kind() == ErrorKind.CLOSED;
    }

    boolean isCutOff() {
        return cutOff;
    }

    WeirException closedBefore() {
        return located(Errors.closed("The connection is closed; nothing was sent"));
    }

    WeirException located(WeirException error) {
        return error.toBuilder()
                .system("tdengine")
                .endpoint(facts.endpoint().toString())
                .connection(facts.id())
                .build();
    }

    // --- what it is -----------------------------------------------------------------------------------------------

    String id() {
        return facts.id();
    }

    Endpoint endpoint() {
        return facts.endpoint();
    }

    LoadedLibrary library() {
        return facts.library();
    }

    Libtaos taos() {
        return facts.library().functions();
    }

    NativeSource source() {
        return source;
    }

    LoopOfSession loop() {
        return loop;
    }

    @Override
    public String toString() {
        return facts.id() + " to " + facts.endpoint() + " by " + facts.library();
    }
}
