package io.weir.testkit.compliance.toy;

import io.r2dbc.spi.R2dbcNonTransientResourceException;
import io.weir.testkit.compliance.toy.ToyFrames.Reply;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** One socket: requests go out one after the other, answers come back in the same order. */
final class ToyWire {

    private static final int LONGEST_REPLY = 1 << 24;

    private record Pending(MonoSink<Reply> sink, AtomicBoolean cancelled) {}

    private final Socket socket;
    private final ToyFault fault;
    private final Scheduler.Worker worker = Schedulers.boundedElastic().createWorker();
    private final Queue<Pending> pending = new ConcurrentLinkedQueue<>();
    private final Sinks.Empty<Void> lost = Sinks.empty();
    private final AtomicBoolean closed = new AtomicBoolean();

    ToyWire(Socket socket, ToyFault fault) {
        this.socket = socket;
        this.fault = fault;
        Thread reader = new Thread(this::read, "toy-reader");
        reader.setDaemon(true);
        reader.start();
    }

    /** Cold. A cancelled call still takes its answer, and gives back what that opened. */
    Mono<Reply> call(byte[] request) {
        return Mono.create(sink -> {
            Pending call = new Pending(sink, new AtomicBoolean());
            sink.onCancel(() -> {
                call.cancelled.set(true);
                if (fault == ToyFault.LEAKS_STATE_AFTER_CANCEL) {
                    pending.remove(call);
                }
            });
            worker.schedule(() -> write(call, request));
        });
    }

    /** Fails when the connection is lost. */
    <T> Mono<T> lost() {
        return lost.asMono().then(Mono.empty());
    }

    boolean isOpen() {
        return !closed.get();
    }

    void close() {
        if (closed.compareAndSet(false, true)) {
            Schedulers.boundedElastic().schedule(() -> {
                try {
                    socket.close();
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
        }
    }

    private void write(Pending call, byte[] request) {
        pending.add(call);
        if (!isOpen()) {
            failPending();
            return;
        }
        try {
            socket.getOutputStream().write(request);
        } catch (IOException e) {
            pending.remove(call);
            call.sink.error(gone());
        }
    }

    private void read() {
        try {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            while (true) {
                Reply reply = ToyFrames.reply(ToyFrames.read(in, LONGEST_REPLY));
                Pending call = pending.poll();
                if (call == null) {
                    throw new IOException("an answer to nothing");
                }
                if (!call.cancelled.get()) {
                    call.sink.success(reply);
                }
            }
        } catch (IOException e) {
            if (fault == ToyFault.SLEEPS_THROUGH_LOSS) {
                return;
            }
            close();
            lost.tryEmitError(gone());
            failPending();
        }
    }

    private void failPending() {
        for (Pending call = pending.poll(); call != null; call = pending.poll()) {
            if (!call.cancelled.get()) {
                call.sink.error(gone());
            }
        }
    }

    private static R2dbcNonTransientResourceException gone() {
        return new R2dbcNonTransientResourceException("the connection to the toy is lost", "08006");
    }
}
