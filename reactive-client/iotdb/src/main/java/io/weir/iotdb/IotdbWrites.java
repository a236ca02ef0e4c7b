package io.weir.iotdb;

import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import io.weir.iotdb.session.WireSession;
import io.weir.iotdb.type.Dialect;
import io.weir.iotdb.type.Tablet;
import io.weir.iotdb.type.TabletContent;
import reactor.core.publisher.Mono;

/**
 * Writing without SQL. Get it from {@link IotdbClient#writes()} or {@link IotdbSession#writes()}.
 *
 * <p>Everything is cold: each subscriber sends anew. A single write ends with its result only if every row was written.
 * Where the server refuses some, it ends with an error whose cause is an {@link IncompleteWriteException}: that one names
 * the rows and counts those that were written all the same. An error whose {@code sent()} is {@code MAYBE} means that the
 * connection was lost before the answer; writing the same rows again does no harm, because a row is known by its device
 * and its time.
 */
public final class IotdbWrites {

    private final Route route;

    IotdbWrites(Route route) {
        this.route = route;
    }

    /**
     * Writes a tablet. Where it is too long for one request (the option {@code maxRequestSize}, or the server's own limit) it
     * goes in several, one after the other.
     *
     * <p>The tablet is in flight from the subscription to the end; see {@link Tablet} for what that means.
     */
    public Mono<WriteResult> insertTablet(Tablet tablet) {
        return Mono.using(
                tablet::content,
                content -> route.call(session -> insert(session, content)).flatMap(Answers::wholeOrError),
                TabletContent::close);
    }

    private static Mono<WriteResult> insert(WireSession session, TabletContent content) {
        check(session, content);
        if (content.rows() == 0) {
            return Mono.just(WriteResult.NOTHING);
        }
        return session.insert(content)
                .map(answer -> Answers.ofTablet(answer, content, 0))
                .reduce(WriteResult::plus);
    }

    private static void check(WireSession session, TabletContent content) {
        Dialect needed = content.isTable() ? Dialect.TABLE : Dialect.TREE;
        if (session.dialect() != needed) {
            throw refused("The tablet of " + content.target() + " is one of a "
                    + (content.isTable() ? "table" : "device")
                    + ", and the session speaks " + session.dialect().wireName() + ": it needs the option sqlDialect="
                    + needed.wireName());
        }
        if (content.momentsIn() != null
                && content.momentsIn() != session.server().precision()) {
            throw refused("The tablet of " + content.target() + " counts its moments in "
                    + content.momentsIn().wireName() + ", and the server in "
                    + session.server().precision().wireName() + ": build the tablet with precision("
                    + session.server().precision() + ")");
        }
    }

    private static WeirException refused(String text) {
        return WeirException.of(ErrorKind.BAD_REQUEST, text)
                .system("iotdb")
                .sent(WeirException.Sent.NO)
                .build();
    }
}
