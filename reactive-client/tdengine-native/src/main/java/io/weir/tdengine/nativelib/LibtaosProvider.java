package io.weir.tdengine.nativelib;

import io.weir.tdengine.session.NativeProvider;
import io.weir.tdengine.session.NativeSettings;
import io.weir.tdengine.session.SessionSource;

/** Found by {@link java.util.ServiceLoader}. */
public final class LibtaosProvider implements NativeProvider {

    @Override
    public SessionSource sessions(NativeSettings settings) {
        return new NativeSource(settings);
    }
}
