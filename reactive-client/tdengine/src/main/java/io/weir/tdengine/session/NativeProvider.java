package io.weir.tdengine.session;

/** What an artifact with the native way to the server offers to {@link java.util.ServiceLoader}. */
public interface NativeProvider {

    /** Sessions and consumers, which share their threads; these end with {@link SessionSource#close}. */
    interface Way extends SessionSource, ConsumerSource {}

    /** Nothing is loaded or connected yet. */
    Way way(NativeSettings settings);
}
