package io.weir.iotdb.session;

import io.weir.iotdb.protocol.ExecuteStatement;
import io.weir.iotdb.protocol.Executed;
import io.weir.iotdb.protocol.QueryHead;
import io.weir.iotdb.protocol.Request;

/** What a cursor asks first: a statement, or one of the calls that are queries without being SQL. */
@FunctionalInterface
public interface Question {

    /** The call, made when it is about to be written. */
    Request<Executed> call(QueryHead head);

    /** A statement of any kind. */
    static Question of(String sql) {
        return head -> new ExecuteStatement(head, sql);
    }
}
