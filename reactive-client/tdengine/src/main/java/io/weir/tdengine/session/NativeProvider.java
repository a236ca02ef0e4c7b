package io.weir.tdengine.session;

/** What an artifact with the native way to the server offers to {@link java.util.ServiceLoader}. */
public interface NativeProvider {

    /** Nothing is loaded or connected yet. */
    SessionSource sessions(NativeSettings settings);
}
