package io.weir.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostPortTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            quoteCharacter = '"',
            value = {
                "localhost localhost",
                "h1:6667 h1:6667",
                "h1:6667,h2:6668 h1:6667,h2:6668",
                "h1,h2:6668,h3 h1,h2:6668,h3",
                "iotdb_server_1:6667 iotdb_server_1:6667",
                "[::1]:6667 [::1]:6667",
                "[::1] [::1]",
                "::1 [::1]",
                "fe80::1,[2001:db8::7]:1 [fe80::1],[2001:db8::7]:1",
                "[fe80::1%25eth0]:9 [fe80::1%eth0]:9",
                "10.0.0.1:65535 10.0.0.1:65535",
                "größe.example:1 größe.example:1",
            })
    void readsAndWritesLists(String text, String written) {
        List<HostPort> hosts = HostPort.parseList(text);
        assertThat(hosts).isNotNull();
        assertThat(HostPort.format(hosts)).isEqualTo(written);
        assertThat(HostPort.parseList(written)).isEqualTo(hosts);
    }

    @Test
    void bracketsAreNotPartOfTheAddress() {
        assertThat(HostPort.parseList("[::1]:6667")).containsExactly(new HostPort("::1", 6667));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", ",", "h1,", ":6667", "h:", "h:0", "h:65536", "h:99999", "h:port", "h:-1", "h:+1", "h:1:2", "h: 1",
                        "user:pa",
                "[::1", "[]", "[]:1", "[h]:1", "[::1]6667", "[::1]:", "::1]", "h 1", "h/db", "h@x", "h#x", "h?x",
                        "h%41", "h:123456"
            })
    void refusesWhatIsNotAHostWithAPort(String text) {
        assertThat(HostPort.parseList(text)).isNull();
    }

    @Test
    void aHostMadeByHandIsCheckedToo() {
        assertThatThrownBy(() -> new HostPort("a:b", 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new HostPort("[::1]", 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new HostPort("h", 70_000))
                .hasMessageContaining("65535")
                .hasMessageNotContaining("70");
    }
}
