package io.weir.testkit.compliance.toy;

import io.r2dbc.spi.R2dbcBadGrammarException;
import io.r2dbc.spi.R2dbcDataIntegrityViolationException;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import io.r2dbc.spi.R2dbcPermissionDeniedException;
import io.r2dbc.spi.R2dbcRollbackException;
import io.r2dbc.spi.R2dbcTransientResourceException;
import io.weir.testkit.compliance.toy.ToyFrames.Reply;

/** Refusals of the server as exceptions of the SPI. */
final class ToyErrors {

    private ToyErrors() {}

    static R2dbcException of(Reply reply, ToyFault fault, String sql) {
        String message = reply.message() + (fault == ToyFault.PRINTS_PASSWORD ? " in " + sql : "");
        String kind = fault == ToyFault.KNOWS_ONE_EXCEPTION ? "NonTransientResource" : reply.errorKind();
        return switch (kind) {
            case "BadGrammar" -> new R2dbcBadGrammarException(message, "42000", 1, sql);
            case "DataIntegrityViolation" -> new R2dbcDataIntegrityViolationException(message, "23505", 2);
            case "PermissionDenied" -> new R2dbcPermissionDeniedException(message, "28000", 3);
            case "Rollback" -> new R2dbcRollbackException(message, "40001", 4);
            case "TransientResource" -> new R2dbcTransientResourceException(message, "53000", 5);
            default -> new R2dbcNonTransientResourceException(message, "58000", 6);
        };
    }
}
