package io.weir.iotdb;

import static io.weir.iotdb.WriteScript.answer;
import static io.weir.iotdb.WriteScript.client;
import static io.weir.iotdb.WriteScript.farewell;
import static io.weir.iotdb.WriteScript.login;
import static io.weir.iotdb.WriteScript.next;
import static io.weir.iotdb.WriteScript.one;
import static io.weir.iotdb.WriteScript.tablet;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import io.weir.core.WeirException.Sent;
import io.weir.iotdb.protocol.ServerMessages.Received;
import io.weir.iotdb.type.DeviceRow;
import io.weir.iotdb.type.IotdbType;
import io.weir.iotdb.type.SeriesType;
import io.weir.iotdb.type.Tablet;
import io.weir.testkit.ScriptedServer;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Writes of several requests of which a later one goes wrong: nobody is told that nothing has run. */
class PartialWriteScriptTest {

    /** Three of them do not fit into a request of 64 KiB. */
    private static final String LONG = "x".repeat(30_000);

    private static final String SMALL_REQUESTS = "&maxRequestSize=64KiB";

    private static Tablet longRows(String device, int rows) {
        Tablet tablet = Tablet.ofDevice(device).column("v", IotdbType.TEXT).build();
        for (int i = 0; i < rows; i++) {
            tablet.row(i).set(0, LONG);
        }
        return tablet;
    }

    private static List<DeviceRow> longRecords(int rows) {
        return IntStream.range(0, rows)
                .mapToObj(i -> DeviceRow.of("d", i).set("v", LONG))
                .toList();
    }

    private static WeirException error(Mono<WriteResult> write) {
        WeirException[] seen = new WeirException[1];
        StepVerifier.create(write).verifyErrorSatisfies(e -> seen[0] = (WeirException) e);
        return seen[0];
    }

    private static WriteResult result(WeirException error) {
        return ((IncompleteWriteException) error.getCause()).result();
    }

    @Test
    void aTabletInPartsTellsWhatWasWrittenWhatIsInDoubtAndWhatWasNotSent() {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            login(peer);
            answer(peer, tablet(peer, "d"), 200);
            tablet(peer, "d");
            peer.close();
        })) {
            IotdbClient client = client(server, SMALL_REQUESTS);
            WeirException error = error(client.writes().insertTablet(longRows("d", 8)));

            assertThat(error.kind()).isEqualTo(ErrorKind.CLOSED);
            assertThat(error.sent()).isEqualTo(Sent.MAYBE);
            assertThat(error).hasMessageContaining("2 rows were written").hasMessageContaining("2 were sent");
            assertThat(result(error).rows()).isEqualTo(2);
            assertThat(result(error).rowsInDoubt()).isEqualTo(2);
            assertThat(result(error).refusedRows()).isEqualTo(6);
            assertThat(result(error).refusals())
                    .extracting(
                            r -> r.firstRow() + "+" + r.rows() + " " + r.error().sent())
                    .containsExactly("2+2 MAYBE", "4+4 NO");
            client.close().block();
            server.assertDone();
        }
    }

    @Test
    void recordsInPartsTellWhatWasWrittenWhatIsInDoubtAndWhatWasNotSent() {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            login(peer);
            answer(peer, next(peer), 200);
            next(peer);
            peer.close();
        })) {
            IotdbClient client = client(server, SMALL_REQUESTS);
            WeirException error = error(client.writes().insertRecords(longRecords(5)));

            assertThat(error.sent()).isEqualTo(Sent.MAYBE);
            assertThat(result(error).rows()).isEqualTo(2);
            assertThat(result(error).rowsInDoubt()).isEqualTo(2);
            assertThat(result(error).refusals())
                    .extracting(r -> r.firstRow() + " " + r.error().sent())
                    .containsExactly("2 MAYBE", "3 MAYBE", "4 NO");
            client.close().block();
            server.assertDone();
        }
    }

    @Test
    void aLaterTabletThatCanNotEvenBeSentDoesNotSayThatNothingHasRun() {
        Tablet tooLong = Tablet.ofDevice("long").column("v", IotdbType.TEXT).build();
        tooLong.row(1).set(0, "x".repeat(70_000));
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            login(peer);
            answer(peer, tablet(peer, "d0"), 200);
            farewell(peer);
        })) {
            IotdbClient client = client(server, SMALL_REQUESTS);
            WeirException error = error(client.writes().insertTablets(List.of(one("d0"), tooLong, one("behind"))));

            assertThat(error.kind()).isEqualTo(ErrorKind.BAD_REQUEST);
            assertThat(error.sent()).as("the first tablet was written").isEqualTo(Sent.MAYBE);
            assertThat(error).hasMessageContaining("1 rows were written").hasMessageContaining("Row 0 of long");
            assertThat(result(error).rowsInDoubt()).isZero();
            assertThat(result(error).refusals())
                    .extracting(r -> r.target() + " " + r.error().sent())
                    .containsExactly("long NO", "behind NO");
            client.close().block();
            server.assertDone();
        }
    }

    @Test
    void whatCanNotBeSentAtAllSaysThatNothingHasRun() {
        Tablet tooLong = Tablet.ofDevice("long").column("v", IotdbType.TEXT).build();
        tooLong.row(1).set(0, "x".repeat(70_000));
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            login(peer);
            farewell(peer);
        })) {
            IotdbClient client = client(server, SMALL_REQUESTS);
            WeirException error = error(client.writes().insertTablets(List.of(tooLong, one("behind"))));

            assertThat(error.sent()).isEqualTo(Sent.NO);
            assertThat(error).hasMessageContaining("Row 0 of long").hasNoCause();
            client.close().block();
            server.assertDone();
        }
    }

    @Test
    void anIngestionThatEndsEarlyDoesNotSayThatNothingHasRun() {
        Tablet tooLong = Tablet.ofDevice("long").column("v", IotdbType.TEXT).build();
        tooLong.row(1).set(0, "x".repeat(70_000));
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            login(peer);
            Received first = tablet(peer, "d0");
            answer(peer, first, 200);
            farewell(peer);
        })) {
            IotdbClient client = client(server, SMALL_REQUESTS);
            WeirException error = error(client.writes()
                    .ingest(Flux.just(one("d0"), tooLong), Ingestion.ofTablets().inFlight(1)));

            assertThat(error.kind()).isEqualTo(ErrorKind.BAD_REQUEST);
            assertThat(error.sent()).isEqualTo(Sent.MAYBE);
            assertThat(result(error).rows()).isOne();
            assertThat(result(error).refusals())
                    .extracting(r -> r.target() + " " + r.error().sent())
                    .containsExactly("long NO");
            client.close().block();
            server.assertDone();
        }
    }

    @Test
    void seriesThatNeedTwoCallsDoNotSayThatNothingHasRun() {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            login(peer);
            answer(peer, next(peer), 200);
            peer.close();
        })) {
            IotdbClient client = client(server);
            StepVerifier.create(client.schema()
                            .createSeries(Map.of(
                                    "root.a.b", SeriesType.of(IotdbType.INT32),
                                    "root.a.c", SeriesType.of(IotdbType.INT32).withAlias("c2"))))
                    .verifyErrorSatisfies(e -> {
                        assertThat(e).hasMessageContaining("Of two calls");
                        assertThat(((WeirException) e).sent()).isEqualTo(Sent.MAYBE);
                    });
            client.close().block();
            server.assertDone();
        }
    }
}
