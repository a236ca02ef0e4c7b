package io.weir.tdengine.nativelib;

import io.weir.tdengine.session.NativeProvider;
import io.weir.tdengine.session.NativeSettings;

/** Found by {@link java.util.ServiceLoader}. */
public final class LibtaosProvider implements NativeProvider {

    @Override
    public Way way(NativeSettings settings) {
        return new NativeSource(settings);
    }
}
