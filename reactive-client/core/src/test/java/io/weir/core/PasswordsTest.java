package io.weir.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever a password is made of: it arrives, and nothing ever shows it. */
class PasswordsTest {

    private static final int ROUNDS = 4_000;
    private static final long SEED = Long.getLong("weir.test.seed", System.nanoTime());

    private static final OptionSet MARSH = OptionSet.builder("marsh", "docs/marsh.md")
            .add(CommonOptions.CONNECTION)
            .add(CommonOptions.TLS)
            .add(CommonOptions.FETCH_SIZE)
            .standard(CommonOptions.PORT, 4711)
            .require(CommonOptions.HOST)
            .build();

    /** Each breaks something else; %s is the encoded password. */
    private static final List<String> BROKEN = List.of(
            "marsh://u:%s@h:99999",
            "marsh://u:%s@h@h",
            "marsh://u:%s@",
            "marsh://u:%s",
            "marsh://u:%s/",
            "marsh://u:%s#@h",
            "marsh://u:%s@h?fetchSize=0&nope=1",
            "swamp://u:%s@h",
            "marsh:x://u:%s@h",
            "marsh://u:%s%%@h",
            "marsh://u:%s@h?trustStorePassword=%s&trustStorePassword=%s",
            "marsh://h?password=%s",
            "marsh://h?pasword=%s",
            "marsh://h?keyStorePassword=%s&fetchSize",
            "marsh://h?keyStorePassword=1&%s",
            "marsh://h?keyStorePassword=1&%s=1");

    private final Random random = new Random(SEED);

    @Test
    void everyPasswordSurvivesTheUrlAndIsShownByNothing() {
        for (int i = 0; i < ROUNDS; i++) {
            String password = password();
            String written = encode(password);
            Options options = MARSH.options()
                    .url("r2dbc:marsh://u:" + written + "@h/db?keyStorePassword=" + written)
                    .build();

            assertThat(options.get(CommonOptions.PASSWORD)).as("seed %d", SEED).isEqualTo(password);
            assertThat(options.get(CommonOptions.KEY_STORE_PASSWORD))
                    .as("seed %d", SEED)
                    .isEqualTo(password);
            assertThat(options.toString())
                    .as("seed %d", SEED)
                    .doesNotContain(password, written)
                    .contains("password=****");
        }
    }

    @Test
    void noErrorRepeatsAPassword() {
        for (int i = 0; i < ROUNDS; i++) {
            String password = password();
            String written = encode(password);
            String url = BROKEN.get(i % BROKEN.size()).replace("%s", written).replace("%%", "%");
            StringWriter trace = new StringWriter();
            try {
                MARSH.options().url(url).build();
                assertThat(url)
                        .as("seed %d: this should have been refused", SEED)
                        .isEmpty();
            } catch (InvalidOptionsException e) {
                e.printStackTrace(new PrintWriter(trace));
                e.problems().forEach(problem -> trace.append(problem.toString()));
            }
            assertThat(trace.toString()).as("seed %d", SEED).doesNotContain(password, written);
        }
    }

    /** Printable ASCII, Latin, CJK and emoji alike; long enough not to occur in a text by chance. */
    private String password() {
        StringBuilder text = new StringBuilder("Zq7");
        int length = 5 + random.nextInt(20);
        for (int i = 0; i < length; i++) {
            text.appendCodePoint(
                    switch (random.nextInt(4)) {
                        case 0, 1 -> ' ' + random.nextInt(0x5f);
                        case 2 -> 0xa1 + random.nextInt(0x300);
                        default ->
                            random.nextBoolean() ? 0x4e00 + random.nextInt(0x5000) : 0x1f300 + random.nextInt(0x300);
                    });
        }
        return text.toString();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
