package io.weir.iotdb.session;

import io.weir.core.WeirException;
import io.weir.core.wire.ReplyCursor;

/** One statement on its way, for one subscriber; {@link Conversation} is the server's side of it. */
final class Cursor extends ReplyCursor {

    private final WireSession session;
    private final Conversation conversation;

    Cursor(WireSession session, StatementSpec spec) {
        super(session.rpc().wire());
        this.session = session;
        this.conversation = new Conversation(this, session, spec);
    }

    @Override
    protected void ask() {
        conversation.start();
    }

    @Override
    protected boolean fetch() {
        return conversation.fetch();
    }

    @Override
    protected void leave() {
        conversation.stop();
    }

    @Override
    protected void ended() {
        conversation.end();
    }

    @Override
    protected void handingOut(int rows) {
        session.rowsHandedOut(rows);
    }

    @Override
    protected void lost(WeirException error) {
        conversation.lost(error);
    }
}
