package io.weir.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every public method of the vendor's session classes has its place in docs/iotdb.md, and what stands there is true. */
class SessionMappingTest {

    /** A table and the classes whose methods it maps. */
    record Classes(String table, List<String> names) {
        @Override
        public String toString() {
            return table;
        }
    }

    static Stream<Classes> classes() {
        return Stream.of(
                new Classes(
                        "sessions",
                        List.of(
                                "isession.ISession",
                                "isession.pool.ISessionPool",
                                "session.Session",
                                "session.pool.SessionPool")),
                new Classes(
                        "tables",
                        List.of(
                                "isession.ITableSession",
                                "isession.pool.ITableSessionPool",
                                "session.TableSession",
                                "session.pool.TableSessionPool")),
                new Classes(
                        "builders",
                        List.of(
                                "session.Session$Builder",
                                "session.pool.SessionPool$Builder",
                                "session.TableSessionBuilder",
                                "session.pool.TableSessionPoolBuilder")));
    }

    private static MappingTable table(String name) {
        return MappingTable.of(Project.read(Project.root().resolve("docs/iotdb.md")), name);
    }

    @ParameterizedTest
    @MethodSource("classes")
    void everyPublicMethodOfTheVendorsIsInTheTable(Classes classes) {
        Set<String> vendors = VendorClasses.IOTDB.signatures(classes.names);

        assertThat(vendors).hasSizeGreaterThan(4);
        assertThat(table(classes.table).complaintsAboutTheirs(vendors)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sessions", "tables", "builders", "go"})
    void everyNameOfOursExistsAndIsCalledOnARealServer(String table) {
        assertThat(table(table).complaintsAboutOurs(OurNames.ofSystem("iotdb"))).isEmpty();
    }

    private static final String PLANTED = """
            <!-- table: toy -->
            | The vendor's | Ours | Note |
            | --- | --- | --- |
            | `open()`, `open(int)` | `ToyClient.session` | |
            | `fly()` | – | toys do not fly |
            | `close()` | `ToyClient.close` `ToyClient.shut` | |
            | `walk()` | – | |
            | `close()` | – | again |
            <!-- end: table -->
            """;

    @Test
    void aMethodThatIsMissingOneThatIsGoneAndOneThatStandsTwiceAreFound() {
        assertThat(MappingTable.of(PLANTED, "toy")
                        .complaintsAboutTheirs(Set.of("open()", "open(long)", "fly()", "close()", "walk()")))
                .containsExactly(
                        "open(int) is not the vendor's",
                        "close() stands in two rows",
                        "open(long) of the vendor's is in no row");
    }

    @Test
    void aNameThatIsNoneOneThatNobodyCallsAndAMissingReasonAreFound() {
        OurNames names = new OurNames(Set.of("ToyClient.session", "ToyClient.close"), Set.of("ToyClient.close"));

        assertThat(MappingTable.of(PLANTED, "toy").complaintsAboutOurs(names))
                .containsExactly(
                        "ToyClient.session, named beside [open(), open(int)], is called by no test that counts",
                        "ToyClient.shut, named beside [close()], does not exist",
                        "[walk()]: nothing of ours, and no reason");
    }

    @Test
    void aTableThatIsNoneIsSaidSo() {
        assertThatThrownBy(() -> MappingTable.of(PLANTED, "car")).hasMessageContaining("no table 'car'");
        assertThatThrownBy(() -> MappingTable.of(PLANTED.replace("| – | toys", "| none | toys"), "toy"))
                .hasMessageContaining("Neither names of ours");
    }

    @Test
    void callsInsideOfLambdasAreSeenAndThoseOfOtherTestsAreNot() {
        OurNames names = OurNames.ofSystem("iotdb");

        assertThat(names.exist()).contains("IotdbClient.query", "IotdbOptions.FETCH_SIZE", "IotdbSession.execute");
        assertThat(names.proven()).contains("IotdbTemplates.deactivate", "IotdbReads.raw");
        assertThat(names.exist()).doesNotContain("IotdbClient.isBinding");
    }
}
