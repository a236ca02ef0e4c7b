package io.weir.tdengine.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RequestIdsTest {

    @Test
    void numbersArePositiveAndTellConnectionsApart() {
        RequestIds ids = new RequestIds(-1);
        long first = ids.next();
        assertThat(first).isPositive();
        assertThat(ids.next()).isEqualTo(first + 1);
        assertThat(new RequestIds(0).next()).isEqualTo(1);
        assertThat(new RequestIds(1).next()).isNotEqualTo(new RequestIds(2).next());
    }
}
