package io.weir.server.tdengine.sql;

import java.time.Instant;
import java.time.ZoneId;

/**
 * What times mean while one statement runs.
 *
 * @param now the same for the whole statement
 */
public record Moment(Precision precision, ZoneId zone, Instant now) {}
