package io.weir.tdengine;

/** A client that ends with the test. */
record ClosingClient(TdengineClient client) implements AutoCloseable {

    static ClosingClient of(String url) {
        return new ClosingClient(TdengineClient.create(url));
    }

    @Override
    public void close() {
        client.close().block(StandIn.LONG);
    }
}
