package io.weir.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every setting of TDengine's JDBC driver and every call it has has its place in docs/tdengine.md, and ours exist. */
class DriverMappingTest {

    /** What the driver has beside JDBC, all of which has its place. */
    private static final List<String> ITS_OWN = List.of("TaosPrepareStatement", "SchemalessWriter", "tmq.TaosConsumer");

    /** JDBC itself, of which the table names what means something to TDengine. */
    private static final List<String> JDBC = List.of("AbstractConnection", "AbstractStatement");

    private static MappingTable table(String name) {
        return MappingTable.of(Project.read(Project.root().resolve("docs/tdengine.md")), name);
    }

    @ParameterizedTest
    @CsvSource({"jdbc-settings, TSDBDriver, 49", "jdbc-subscriptions, tmq.TMQConstants, 21"})
    void everySettingOfTheVendorsIsInTheTable(String table, String constants, int least) {
        Set<String> vendors = VendorClasses.TDENGINE.texts(constants);

        assertThat(vendors).hasSizeGreaterThanOrEqualTo(least);
        assertThat(table(table).complaintsAboutTheirs(vendors)).isEmpty();
    }

    @Test
    void everyCallOfTheVendorsThatJdbcDoesNotHaveIsInTheTable() {
        Set<String> vendors = VendorClasses.TDENGINE.ownMethods(ITS_OWN);
        MappingTable calls = table("jdbc-calls");
        Set<String> jdbc = new TreeSet<>(VendorClasses.TDENGINE.ownMethods(JDBC));
        jdbc.retainAll(calls.theirs());

        assertThat(vendors).hasSizeGreaterThan(50).contains("TaosConsumer.poll", "TaosPrepareStatement.setTagJson");
        assertThat(jdbc).contains("AbstractConnection.prepareStatement");
        assertThat(calls.complaintsAboutTheirs(
                        Stream.concat(vendors.stream(), jdbc.stream()).collect(Collectors.toSet())))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc-settings", "jdbc-subscriptions", "jdbc-calls", "others", "c"})
    void everyNameOfOursExistsAndIsCalledByATest(String table) {
        MappingTable mapping = table(table);

        assertThat(mapping.rows()).hasSizeGreaterThan(9);
        assertThat(mapping.complaintsAboutOurs(OurNames.ofSystem("tdengine", "Test", "IT", "StandIn", "Contract")))
                .isEmpty();
    }
}
