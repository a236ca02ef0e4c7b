package io.weir.tdengine.session;

import java.time.Duration;

/**
 * One statement as it is run.
 *
 * @param timeout for execution and reading together, by our clock; zero means none
 */
public record StatementSpec(String sql, Duration timeout) {}
