package io.weir.iotdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.WeirException;
import io.weir.iotdb.type.Dialect;
import io.weir.iotdb.type.Encoding;
import io.weir.iotdb.type.IotdbType;
import io.weir.iotdb.type.SeriesType;
import io.weir.server.iotdb.SharedIotdb;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Templates on the real server, from their creation to their end. */
class TemplatesIT {

    private static final IotdbClient CLIENT = RealSession.client(SharedIotdb.url(), Dialect.TREE);
    private static final IotdbTemplates TEMPLATES = CLIENT.templates();

    @BeforeAll
    static void create() {
        CLIENT.schema().createDatabase("root.tpl").block();
    }

    @AfterAll
    static void drop() {
        CLIENT.schema()
                .deleteDatabases(List.of("root.tpl"))
                .then(CLIENT.close())
                .block();
    }

    private static Mono<List<String>> nodes(String template) {
        return CLIENT.query(
                        "show nodes in device template " + template,
                        row -> row.get(0) + " " + row.get(1) + " " + row.get(2))
                .sort()
                .collectList();
    }

    private static void refused(Mono<?> call, int code) {
        StepVerifier.create(call)
                .verifyErrorSatisfies(e -> assertThat(e)
                        .isInstanceOfSatisfying(
                                WeirException.class, w -> assertThat(w.code()).isEqualTo(code)));
    }

    @Test
    void aTemplateLivesFromItsCreationToItsEnd() {
        Map<String, SeriesType> series = Map.of(
                "heat",
                SeriesType.of(IotdbType.FLOAT),
                "state",
                SeriesType.of(IotdbType.TEXT).with(Encoding.DICTIONARY));
        StepVerifier.create(TEMPLATES.create("machine", series)).verifyComplete();
        StepVerifier.create(nodes("machine"))
                .expectNext(List.of("heat FLOAT GORILLA", "state TEXT DICTIONARY"))
                .verifyComplete();
        StepVerifier.create(TEMPLATES.names())
                .assertNext(names -> assertThat(names).contains("machine"))
                .verifyComplete();
        StepVerifier.create(TEMPLATES.series("machine"))
                .assertNext(names -> assertThat(names).containsExactlyInAnyOrder("heat", "state"))
                .verifyComplete();

        StepVerifier.create(TEMPLATES.set("machine", "root.tpl.hall")).verifyComplete();
        StepVerifier.create(TEMPLATES.pathsSetOn("machine"))
                .expectNext(List.of("root.tpl.hall"))
                .verifyComplete();
        StepVerifier.create(TEMPLATES.createSeries(List.of("root.tpl.hall.m1", "root.tpl.hall.m2")))
                .verifyComplete();
        StepVerifier.create(CLIENT.schema().exists("root.tpl.hall.m2.state"))
                .expectNext(true)
                .verifyComplete();
        StepVerifier.create(TEMPLATES.pathsUsing("machine"))
                .assertNext(
                        paths -> assertThat(paths).containsExactlyInAnyOrder("root.tpl.hall.m1", "root.tpl.hall.m2"))
                .verifyComplete();

        StepVerifier.create(TEMPLATES.add("machine", Map.of("odd `name`", SeriesType.of(IotdbType.INT32))))
                .verifyComplete();
        StepVerifier.create(TEMPLATES.series("machine"))
                .assertNext(names -> assertThat(names).hasSize(3))
                .verifyComplete();

        refused(TEMPLATES.unset("machine", "root.tpl.hall"), 515);
        StepVerifier.create(TEMPLATES.deactivate("machine", "root.tpl.hall.*")).verifyComplete();
        StepVerifier.create(TEMPLATES.unset("machine", "root.tpl.hall")).verifyComplete();
        StepVerifier.create(TEMPLATES.drop("machine")).verifyComplete();
        refused(TEMPLATES.drop("machine"), 507);
    }

    @Test
    void aTemplateMayBeAlignedAndASessionHasThemToo() {
        StepVerifier.create(CLIENT.inSession(session -> session.templates()
                        .createAligned("together", Map.of("a", SeriesType.of(IotdbType.INT64)))
                        .then(session.templates().set("together", "root.tpl.aligned"))
                        .then(session.templates().createSeries(List.of("root.tpl.aligned.d")))
                        .thenMany(session.query("show devices root.tpl.aligned.d", row -> row.getString(1)))
                        .concatWith(session.templates()
                                .deactivate("together", "root.tpl.aligned.d")
                                .then(session.templates().unset("together", "root.tpl.aligned"))
                                .then(session.templates().drop("together"))
                                .then(Mono.empty()))))
                .expectNext("true")
                .verifyComplete();
    }

    @Test
    void aTemplateThatIsNoneIsRefused() {
        refused(TEMPLATES.series("no_such"), 507);
        refused(TEMPLATES.set("no_such", "root.tpl.x"), 507);
    }
}
