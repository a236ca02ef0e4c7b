package io.weir.testkit.compliance.toy;

/** What a toy driver does wrong, each a mistake that real drivers have made. */
public enum ToyFault {
    NONE,
    /** A cancelled request forgets that its answer is still to come. */
    LEAKS_STATE_AFTER_CANCEL,
    SECOND_CLOSE_FAILS,
    VALIDATE_ERRORS,
    RESULT_CONSUMABLE_TWICE,
    /** Reads on although nobody asks. */
    IGNORES_DEMAND,
    /** A connection that is lost while nobody asks is not noticed. */
    SLEEPS_THROUGH_LOSS,
    /** A create() that is cancelled leaves its socket open. */
    LEAKS_HALF_MADE_CONNECTIONS,
    /** Pretends to have transactions. */
    PRETENDS_TRANSACTIONS,
    /** Has one exception for everything. */
    KNOWS_ONE_EXCEPTION,
    /** The statement time-out is accepted and forgotten. */
    IGNORES_TIMEOUT,
    PRINTS_PASSWORD,
    EAGER_CREATE
}
