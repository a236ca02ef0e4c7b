package io.weir.core;

import org.jspecify.annotations.Nullable;

/**
 * The one exception of the clients. Its text says what was asked, what is wrong and what is possible; its fields let a
 * program decide. It never carries a secret.
 */
public final class WeirException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Whether the request may have had an effect. */
    public enum Sent {
        /** It never left this machine: it did not run. */
        NO,
        /** It was written, and no answer came: it may have run. */
        MAYBE,
        /** The store answered. */
        ANSWERED
    }

    private final ErrorKind kind;
    private final @Nullable String system;
    private final @Nullable String endpoint;
    private final @Nullable String connection;
    private final int code;
    private final @Nullable String sqlState;
    private final @Nullable Sent sent;

    private WeirException(Builder b) {
        super(b.message, b.cause);
        this.kind = b.kind;
        this.system = b.system;
        this.endpoint = b.endpoint;
        this.connection = b.connection;
        this.code = b.code;
        this.sqlState = b.sqlState;
        this.sent = b.sent;
    }

    public static Builder of(ErrorKind kind, String message) {
        return new Builder(kind, message);
    }

    public ErrorKind kind() {
        return kind;
    }

    /** The system's name, such as {@code iotdb}; null where none is involved. */
    public @Nullable String system() {
        return system;
    }

    /** Host and port. */
    public @Nullable String endpoint() {
        return endpoint;
    }

    /** The connection's id in our logs. */
    public @Nullable String connection() {
        return connection;
    }

    /** The store's own code; 0 where there is none. */
    public int code() {
        return code;
    }

    /** The SQLSTATE, if the store or the protocol gave one. */
    public @Nullable String sqlState() {
        return sqlState;
    }

    /** Whether the request may have run; null where nothing was to be sent. */
    public @Nullable Sent sent() {
        return sent;
    }

    /** The same error with some fields replaced. */
    public Builder toBuilder() {
        Builder b = new Builder(kind, String.valueOf(getMessage()));
        b.cause = getCause();
        b.system = system;
        b.endpoint = endpoint;
        b.connection = connection;
        b.code = code;
        b.sqlState = sqlState;
        b.sent = sent;
        return b;
    }

    /** Collects the fields of an error. */
    public static final class Builder {
        private final ErrorKind kind;
        private String message;
        private @Nullable Throwable cause;
        private @Nullable String system;
        private @Nullable String endpoint;
        private @Nullable String connection;
        private int code;
        private @Nullable String sqlState;
        private @Nullable Sent sent;

        private Builder(ErrorKind kind, String message) {
            this.kind = kind;
            this.message = message;
        }

        public Builder message(String message) {
            this.message = message;
            return this;
        }

        public Builder cause(@Nullable Throwable cause) {
            this.cause = cause;
            return this;
        }

        public Builder system(@Nullable String system) {
            this.system = system;
            return this;
        }

        public Builder endpoint(@Nullable String endpoint) {
            this.endpoint = endpoint;
            return this;
        }

        public Builder connection(@Nullable String connection) {
            this.connection = connection;
            return this;
        }

        public Builder code(int code) {
            this.code = code;
            return this;
        }

        public Builder sqlState(@Nullable String sqlState) {
            this.sqlState = sqlState;
            return this;
        }

        public Builder sent(@Nullable Sent sent) {
            this.sent = sent;
            return this;
        }

        public WeirException build() {
            return new WeirException(this);
        }
    }
}
