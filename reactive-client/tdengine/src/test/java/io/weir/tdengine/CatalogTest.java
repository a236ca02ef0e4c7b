package io.weir.tdengine;

import static io.weir.tdengine.StandIn.all;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.weir.core.TimePrecision;
import io.weir.tdengine.TdengineCatalog.Database;
import io.weir.tdengine.TdengineCatalog.SuperTable;
import io.weir.tdengine.TdengineCatalog.Table;
import io.weir.tdengine.type.TdengineType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogTest {

    @ParameterizedTest
    @ValueSource(strings = {"tdengine", "tdengine:rest"})
    void databasesTablesColumnsTagsAndTopicsAreTypedWhateverWayTheyTravel(String scheme) {
        try (TestPlace at = TestPlace.start("VGROUPS 3 PRECISION 'us'");
                ClosingClient client = ClosingClient.of(at.url(scheme))) {
            String p = at.database();
            String topic = "seen_by_" + p;
            at.run(
                    "CREATE STABLE s (ts TIMESTAMP, v INT, name VARCHAR(20)) TAGS (place NCHAR(10), floor INT)",
                    "CREATE TABLE `o'Neil` USING s TAGS ('north', NULL)",
                    "CREATE TABLE alone (ts TIMESTAMP, d DECIMAL(10,2), u INT UNSIGNED)",
                    "CREATE TOPIC " + topic + " AS SELECT ts, v FROM s");
            TdengineCatalog catalog = client.client().catalog();

            assertThat(all(catalog.databases())).contains(new Database(p, TimePrecision.MICROSECONDS, 3, 2));
            assertThat(all(catalog.databases().filter(db -> db.name().equals("information_schema"))))
                    .containsExactly(new Database("information_schema", null, 0, 0));
            assertThat(all(catalog.superTables(p))).containsExactly(new SuperTable(p, "s", 3, 2));
            assertThat(all(catalog.tables(p)))
                    .containsExactlyInAnyOrder(new Table(p, "o'Neil", "s"), new Table(p, "alone", null));
            assertThat(all(catalog.columns(p, "alone")))
                    .extracting(
                            TdengineCatalog.TableColumn::name,
                            TdengineCatalog.TableColumn::type,
                            TdengineCatalog.TableColumn::spelled)
                    .containsExactly(
                            tuple("ts", TdengineType.TIMESTAMP, "TIMESTAMP"),
                            tuple("d", TdengineType.DECIMAL, "DECIMAL(10,2)"),
                            tuple("u", TdengineType.INT_UNSIGNED, "INT UNSIGNED"));
            assertThat(all(catalog.columns(p, "nowhere"))).isEmpty();
            assertThat(all(catalog.tags(p, "o'Neil")))
                    .extracting(
                            TdengineCatalog.Tag::superTable,
                            TdengineCatalog.Tag::name,
                            TdengineCatalog.Tag::type,
                            TdengineCatalog.Tag::value)
                    .containsExactly(
                            tuple("s", "place", TdengineType.NCHAR, "north"),
                            tuple("s", "floor", TdengineType.INT, null));
            assertThat(all(catalog.topics()))
                    .extracting(TdengineCatalog.Topic::name, TdengineCatalog.Topic::database)
                    .contains(tuple(topic, p));
            at.run("DROP TOPIC " + topic);
        }
    }
}
