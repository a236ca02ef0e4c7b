package io.weir.core;

import java.util.Objects;

/** Who logs in, and with what. */
public record Credentials(String user, String password) {

    public Credentials {
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(password, "password");
    }

    /** Leaves the password out. */
    @Override
    public String toString() {
        return "Credentials[user=" + user + ", password=" + OptionKey.MASK + "]";
    }
}
