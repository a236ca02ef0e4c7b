package io.weir.server.tdengine.sql;

/** A parsed statement that can be run. */
interface Command {

    Answer run(SqlSession session);
}
