package io.weir.core;

import reactor.core.publisher.Mono;

/**
 * Where the credentials of a login come from, for those that change while a client lives. Asked anew at each login;
 * connections that are logged in stay as they are.
 */
@FunctionalInterface
public interface CredentialsSource {

    /**
     * Called on an event loop, so it must not block: what has to be read or asked for comes later, through the Mono. The
     * limit {@code connectTimeout} covers it. Whatever it fails with fails the login.
     */
    Mono<Credentials> get();

    /** Always the same. */
    static CredentialsSource of(Credentials credentials) {
        Mono<Credentials> always = Mono.just(credentials);
        return () -> always;
    }
}
