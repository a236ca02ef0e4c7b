package io.weir.server.tdengine.session;

/** What the adapter does for one action. Errors are thrown and become the answer. */
interface Handler {

    void handle(Request request);
}
