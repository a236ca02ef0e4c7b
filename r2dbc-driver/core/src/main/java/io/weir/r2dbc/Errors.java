package io.weir.r2dbc;

import io.r2dbc.spi.R2dbcBadGrammarException;
import io.r2dbc.spi.R2dbcDataIntegrityViolationException;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.R2dbcNonTransientException;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import io.r2dbc.spi.R2dbcPermissionDeniedException;
import io.r2dbc.spi.R2dbcRollbackException;
import io.r2dbc.spi.R2dbcTimeoutException;
import io.r2dbc.spi.R2dbcTransientResourceException;
import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import io.weir.core.WeirException.Sent;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Turns the errors of the clients into those of R2DBC: one switch, so that all drivers fail alike. */
final class Errors {

    private Errors() {}

    /** What the SPI knows by that name; anything that is no error of ours (a bug, the user's own) stays as it is. */
    static Throwable translate(Throwable error, @Nullable String sql) {
        return error instanceof WeirException weir ? of(weir, sql) : error;
    }

    static R2dbcException of(WeirException error, @Nullable String sql) {
        return switch (error.kind()) {
            case CONNECT, OVERLOAD -> new Transient(error, sql);
            case AUTH, PERMISSION -> new PermissionDenied(error, sql);
            case TIMEOUT -> new Timeout(error, sql);
            case BAD_REQUEST -> new BadGrammar(error, sql);
            case CONSTRAINT -> new Integrity(error, sql);
            case CONFLICT -> new Rollback(error, sql);
            case CLOSED, PROTOCOL, SERVER -> new NonTransient(error, sql);
            case UNSUPPORTED -> new Unsupported(error, sql);
        };
    }

    /** The SQLSTATE of a kind, where the store gave none. A duplicate key is told apart by the store: 23505. */
    static String sqlState(ErrorKind kind) {
        return switch (kind) {
            case CONNECT -> "08001";
            case CLOSED -> "08006";
            case PROTOCOL -> "08P01";
            case AUTH -> "28000";
            case PERMISSION -> "42501";
            case BAD_REQUEST -> "42000";
            case CONSTRAINT -> "23000";
            case CONFLICT -> "40001";
            case OVERLOAD -> "53000";
            case UNSUPPORTED -> "0A000";
            case TIMEOUT -> "HYT00";
            case SERVER -> "HY000";
        };
    }

    private static String stateOf(WeirException error) {
        String own = error.sqlState();
        return own == null ? sqlState(error.kind()) : own;
    }

    /** The details, the same for all classes below: each has its client error as the cause. */
    private interface Details extends WeirR2dbcException {

        @Override
        default WeirException error() {
            return (WeirException) Objects.requireNonNull(((Throwable) this).getCause());
        }

        @Override
        default ErrorKind kind() {
            return error().kind();
        }

        @Override
        default @Nullable String endpoint() {
            return error().endpoint();
        }

        @Override
        default @Nullable String connectionId() {
            return error().connection();
        }

        @Override
        default @Nullable Sent sent() {
            return error().sent();
        }
    }

    private static final class Transient extends R2dbcTransientResourceException implements Details {
        private static final long serialVersionUID = 1L;

        Transient(WeirException error, @Nullable String sql) {
            super(error.getMessage(), stateOf(error), error.code(), sql, error);
        }
    }

    private static final class NonTransient extends R2dbcNonTransientResourceException implements Details {
        private static final long serialVersionUID = 1L;

        NonTransient(WeirException error, @Nullable String sql) {
            super(error.getMessage(), stateOf(error), error.code(), sql, error);
        }
    }

    private static final class PermissionDenied extends R2dbcPermissionDeniedException implements Details {
        private static final long serialVersionUID = 1L;

        PermissionDenied(WeirException error, @Nullable String sql) {
            super(error.getMessage(), stateOf(error), error.code(), sql, error);
        }
    }

    private static final class Timeout extends R2dbcTimeoutException implements Details {
        private static final long serialVersionUID = 1L;

        Timeout(WeirException error, @Nullable String sql) {
            super(error.getMessage(), stateOf(error), error.code(), sql, error);
        }
    }

    private static final class BadGrammar extends R2dbcBadGrammarException implements Details {
        private static final long serialVersionUID = 1L;

        BadGrammar(WeirException error, @Nullable String sql) {
            super(error.getMessage(), stateOf(error), error.code(), sql, error);
        }
    }

    private static final class Integrity extends R2dbcDataIntegrityViolationException implements Details {
        private static final long serialVersionUID = 1L;

        Integrity(WeirException error, @Nullable String sql) {
            super(error.getMessage(), stateOf(error), error.code(), sql, error);
        }
    }

    private static final class Rollback extends R2dbcRollbackException implements Details {
        private static final long serialVersionUID = 1L;

        Rollback(WeirException error, @Nullable String sql) {
            super(error.getMessage(), stateOf(error), error.code(), sql, error);
        }
    }

    private static final class Unsupported extends R2dbcNonTransientException implements Details {
        private static final long serialVersionUID = 1L;

        Unsupported(WeirException error, @Nullable String sql) {
            super(error.getMessage(), stateOf(error), error.code(), sql, error);
        }
    }
}
