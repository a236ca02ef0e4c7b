package io.weir.http.websocket;

import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;

/** Asks for nothing at all, which no subscriber may. */
record Greedy(Subscriber<? super String> to) implements CoreSubscriber<String> {

    @Override
    public void onSubscribe(Subscription s) {
        to.onSubscribe(new Subscription() {
            @Override
            public void request(long n) {}

            @Override
            public void cancel() {}
        });
        s.request(0);
    }

    @Override
    public void onNext(String value) {
        to.onNext(value);
    }

    @Override
    public void onError(Throwable t) {
        to.onError(t);
    }

    @Override
    public void onComplete() {
        to.onComplete();
    }
}
