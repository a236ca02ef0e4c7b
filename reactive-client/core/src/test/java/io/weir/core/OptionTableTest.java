package io.weir.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class OptionTableTest {

    @Test
    void hasALinePerOptionInTheOrderOfTheSet() {
        OptionSet set = OptionSet.builder("marsh", "docs/marsh.md")
                .add(CommonOptions.HOST)
                .add(CommonOptions.PORT)
                .add(CommonOptions.PASSWORD)
                .add(OptionKey.duration("napTime", "How long | it naps.")
                        .between(Duration.ofMillis(1), Duration.ofHours(2))
                        .defaultsTo(Duration.ofMillis(1500)))
                .add(OptionKey.choice("mood", SslMode.class, "How it feels.").defaultsToRule("that of the water"))
                .add(OptionKey.size("depth", "How deep.").defaultsTo(256L << 10))
                .standard(CommonOptions.PORT, 4711)
                .require(CommonOptions.HOST)
                .build();

        assertThat(OptionTable.markdown(set)).isEqualTo("""
                | Option | Type | Default | Meaning |
                | --- | --- | --- | --- |
                | `host` | hosts | required | Where the server is: one host or several, each with a port of its own or without. |
                | `port` | number, 1 to 65535 | 4711 | The port of every host that names none. |
                | `password` | text, secret |  | The user's password. |
                | `napTime` | duration, 1ms to 2h | 1500ms | How long \\| it naps. |
                | `mood` | disable, require, verify-ca, verify-full | that of the water | How it feels. |
                | `depth` | size | 256KiB | How deep. |
                """);
    }
}
