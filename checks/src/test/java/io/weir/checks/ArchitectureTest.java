package io.weir.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.io.File;
import java.nio.file.Files;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {

    private static final String PROJECT = "io.weir";
    private static final String PLANTED = "io.weir.checks.planted.";

    /** A rule, the planted violation that it must find, and what it must say of it. */
    record Case(String name, Function<String, ArchRule> rule, String planted, String words) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() {
        return Stream.of(
                arrows("no package cycles", ArrowRules::noPackageCycles, "cycle", "Cycle detected"),
                arrows(
                        "internals do not know their root",
                        ArrowRules::arrowsPointDown,
                        "rooms",
                        "room protocol may not know"),
                arrows(
                        "systems do not know each other",
                        ArrowRules::arrowsPointDown,
                        "systems",
                        "toy may not know system other"),
                arrows("core knows nobody", ArrowRules::arrowsPointDown, "upward", "core may not know r2dbc"),
                arrows(
                        "testkit knows nothing of ours",
                        ArrowRules::arrowsPointDown,
                        "kit",
                        "testkit may not know core"),
                arrows(
                        "drivers have no private door",
                        ArrowRules::arrowsPointDown,
                        "door",
                        "toy may not know system toy, room session"),
                arrows("rooms are known", ArrowRules::everyRoomIsOneOfTheFour, "attic", "room attic"),
                arrows("core knows no R2DBC", ArrowRules::clientsKnowNoR2dbcOrSpring, "foreign", "io.r2dbc"),
                arrows("systems know no HTTP", ArrowRules::onlyTheHttpModuleKnowsHttp, "http", "HttpMethod"),
                arrows(
                        "systems with protocols of their own know no JSON",
                        ArrowRules::onlySystemsOverHttpKnowJson,
                        "http",
                        "tools.jackson"),
                arrows(
                        "nor the HTTP module",
                        ArrowRules::arrowsPointDown,
                        "http",
                        "toy may not know http, room websocket"),
                arrows(
                        "only metrics know Micrometer",
                        ArrowRules::onlyMetricsKnowMicrometer,
                        "meters",
                        "io.micrometer"),
                calls("nothing blocks", CallRules::nothingBlocks, "blocking", "Mono.block()"),
                calls("nothing changes threads", CallRules::nothingChangesThreads, "hopping", "publishOn"),
                calls("no schedulers", CallRules::nothingUsesReactorsThreadPools, "hopping", "Schedulers.parallel()"),
                calls("no hidden timers", CallRules::nothingUsesReactorsThreadPools, "timer", "Mono.delay"),
                calls("protocol has no Reactor", CallRules::protocolIsPure, "protocol", "reactor.core.publisher.Mono"),
                calls("protocol has no I/O", CallRules::protocolIsPure, "protocol", "java.net.Socket"),
                calls("protocol has no clock", CallRules::protocolIsPure, "protocol", "nanoTime"),
                surface(
                        "no internal argument",
                        SurfaceRules::noInternalTypeIsInAPublicSignature,
                        "surface",
                        "Client.take("),
                surface(
                        "no internal result",
                        SurfaceRules::noInternalTypeIsInAPublicSignature,
                        "surface",
                        "Client.all()"),
                surface(
                        "no internal field",
                        SurfaceRules::noInternalTypeIsInAPublicSignature,
                        "surface",
                        "Client.last "),
                surface(
                        "no internal parent",
                        SurfaceRules::noInternalTypeIsInAPublicSignature,
                        "surface",
                        "Child shows"),
                surface("packages are @NullMarked", SurfaceRules::everyPackageIsNullMarked, "unmarked", "@NullMarked"));
    }

    private static Case arrows(String name, Function<ArrowRules, ArchRule> rule, String planted, String words) {
        return new Case(name, base -> rule.apply(new ArrowRules(base)), planted, words);
    }

    private static Case calls(String name, Function<CallRules, ArchRule> rule, String planted, String words) {
        return new Case(name, base -> rule.apply(new CallRules(base)), planted, words);
    }

    private static Case surface(String name, Function<SurfaceRules, ArchRule> rule, String planted, String words) {
        return new Case(name, base -> rule.apply(new SurfaceRules(base)), planted, words);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void holdsInTheProject(Case rule) {
        rule.rule.apply(PROJECT).check(CompiledClasses.ofTheProject());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void bitesOnThePlantedViolation(Case rule) {
        String base = PLANTED + rule.planted;

        assertThatThrownBy(() -> rule.rule.apply(base).check(CompiledClasses.planted(base)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(rule.words);
    }

    @Test
    void looksAtEveryPackageThatIsPublished() {
        List<String> written = Project.published()
                .map(module -> module.folder().resolve("src/main/java"))
                .filter(Files::isDirectory)
                .flatMap(sources -> Project.filesBelow(sources, "package-info.java").stream()
                        .map(file -> sources.relativize(file.getParent()).toString()))
                .map(folder -> folder.replace(File.separatorChar, '.'))
                .toList();

        assertThat(written).contains("io.weir.core", "io.weir.iotdb.protocol", "io.weir.iotdb.r2dbc");
        assertThat(CompiledClasses.ofTheProject())
                .extracting(JavaClass::getPackageName)
                .containsAll(written)
                .noneMatch(name -> name.startsWith("io.weir.checks"));
    }
}
