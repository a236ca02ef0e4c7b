package io.weir.tdengine.nativelib;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.tdengine.ConsumerContract;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** What holds over every way, over the library. */
class NativeContractTest extends ConsumerContract {

    @BeforeAll
    static void build() {
        Toy.library();
    }

    /** All tests have closed their clients by then. */
    @AfterAll
    static void nothingIsLeftInTheLibrary() {
        Toy.Counters toy = Toy.counters(Toy.library());
        assertThat(toy.toy_broken_text()).isEmpty();
        assertThat(Toy.open(toy)).isEqualTo(Toy.NOTHING);
    }

    @Override
    protected String url(String database) {
        return url("root", "taosdata", database);
    }

    @Override
    protected String urlOf(String user, String password) {
        return url(user, password, "");
    }

    private static String url(String user, String password, String database) {
        return "tdengine:native://" + user + ":" + password + "@127.0.0.1/" + database + "?nativeLibrary="
                + URLEncoder.encode(Toy.library().toString(), StandardCharsets.UTF_8);
    }
}
