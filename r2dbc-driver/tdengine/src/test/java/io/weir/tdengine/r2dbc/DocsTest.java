package io.weir.tdengine.r2dbc;

import io.r2dbc.spi.R2dbcException;
import io.weir.core.ErrorKind;
import io.weir.core.OptionSet;
import io.weir.core.OptionTable;
import io.weir.r2dbc.ConnectionSettings;
import io.weir.r2dbc.DriverSession;
import io.weir.r2dbc.SessionSource;
import io.weir.r2dbc.WeirConnectionFactory;
import io.weir.tdengine.TdengineOptions;
import io.weir.tdengine.protocol.ErrorCodes;
import io.weir.tdengine.protocol.ErrorCodes.Meaning;
import io.weir.testkit.docs.GeneratedBlock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class DocsTest {

    private static final String PAGE = "docs/tdengine.md";
    private static final int UNKNOWN = 0x0999;

    @Test
    void thePageListsWhatTheDriverHasOnTopOfTheClientsOptions() {
        OptionSet.Builder own = OptionSet.builder("tdengine", PAGE);
        TdengineConnectionFactoryProvider.OPTIONS.keys().stream()
                .filter(key -> TdengineOptions.ALL.find(key.name()) == null)
                .forEach(own::add);
        GeneratedBlock.of(PAGE, "driver options", DocsTest.class).shouldBe(OptionTable.markdown(own.build()));
    }

    /** Each code goes through the driver, as an error of the server does. */
    @Test
    void thePageListsEveryCodeWithItsClassAndItsSqlState() {
        Map<ErrorKind, List<Meaning>> byKind = ErrorCodes.all().stream()
                .collect(Collectors.groupingBy(Meaning::kind, TreeMap::new, Collectors.toList()));
        StringBuilder table =
                new StringBuilder("| Code | Kind | R2DBC class | SQLSTATE |\n| --- | --- | --- | --- |\n");
        byKind.forEach((kind, codes) -> table.append(row(
                codes.stream().map(DocsTest::range).collect(Collectors.joining(", ")),
                codes.get(0).first())));
        table.append(row("all others, 0xffff included", UNKNOWN));

        GeneratedBlock.of(PAGE, "errors", DocsTest.class).shouldBe(table.toString());
    }

    private static String row(String codes, int example) {
        R2dbcException error = thrown(example);
        return "| " + codes + " | " + ErrorCodes.kindOf(example) + " | " + superclass(error) + " | "
                + error.getSqlState() + " |\n";
    }

    private static String superclass(R2dbcException error) {
        return error.getClass().getSuperclass().getSimpleName();
    }

    private static String range(Meaning codes) {
        return codes.first() == codes.last()
                ? String.format("0x%04x", codes.first())
                : String.format("0x%04x to 0x%04x", codes.first(), codes.last());
    }

    private static R2dbcException thrown(int code) {
        SessionSource refusing = new SessionSource() {
            @Override
            public String product() {
                return TdengineDriverSession.PRODUCT;
            }

            @Override
            public Mono<DriverSession> open() {
                return Mono.error(ErrorCodes.error(code, "refused"));
            }

            @Override
            public Mono<Void> close() {
                return Mono.empty();
            }
        };
        R2dbcException[] seen = new R2dbcException[1];
        StepVerifier.create(new WeirConnectionFactory(refusing, ConnectionSettings.DEFAULTS).create())
                .consumeErrorWith(error -> seen[0] = (R2dbcException) error)
                .verify();
        return seen[0];
    }
}
