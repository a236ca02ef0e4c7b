package io.weir.checks.planted.surface.toy;

import io.weir.checks.planted.surface.toy.session.Conversation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Planted: shows an internal type as argument, in a result and in a field. */
public final class Client {
    public @Nullable Conversation last;

    public void take(Conversation conversation) {
        last = conversation;
    }

    public List<Conversation> all() {
        return List.of();
    }
}
