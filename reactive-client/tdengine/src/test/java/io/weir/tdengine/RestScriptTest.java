package io.weir.tdengine;

import static io.weir.tdengine.StandIn.all;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.ErrorKind;
import io.weir.core.ResultPart;
import io.weir.core.WeirException;
import io.weir.testkit.Peer;
import io.weir.testkit.ScriptedServer;
import io.weir.testkit.WebSocketPeer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** What a call says, and answers that the stand-in never gives. */
class RestScriptTest {

    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: *(\\d+)");

    private final List<String> heads = new CopyOnWriteArrayList<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();

    /** Each question gets the next answer, on a connection of its own; the last one may be cut. */
    private List<ResultPart> run(String sql, boolean cut, String... answers) {
        ScriptedServer.Script[] scripts = IntStream.range(0, answers.length)
                .<ScriptedServer.Script>mapToObj(i -> peer -> answer(peer, answers[i], cut && i == answers.length - 1))
                .toArray(ScriptedServer.Script[]::new);
        try (ScriptedServer server = ScriptedServer.start(scripts);
                ClosingClient client = ClosingClient.of("tdengine:rest://me:pass@" + server.host() + ":" + server.port()
                        + "/d?token=a%2Bb&userIp=1.2.3.4")) {
            return all(client.client().run(sql));
        }
    }

    private void answer(Peer peer, String answer, boolean cut) {
        String head = WebSocketPeer.readHead(peer);
        heads.add(head);
        Matcher length = LENGTH.matcher(head);
        assertThat(length.find()).isTrue();
        asked.add(new String(peer.read(Integer.parseInt(length.group(1))), StandardCharsets.UTF_8));
        peer.send(("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: "
                        + (answer.length() + (cut ? 10 : 0)) + "\r\n\r\n" + answer)
                .getBytes(StandardCharsets.UTF_8));
        peer.close();
    }

    private static String rows(int count) {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < count; i++) {
            rows.append(i == 0 ? "" : ",").append('[').append(i).append(']');
        }
        return "{\"code\":0,\"column_meta\":[[\"c\",\"INT\",4]],\"data\":[" + rows + "],\"rows\":" + count + "}";
    }

    private static String count(int count) {
        return "{\"code\":0,\"column_meta\":[[\"count(*)\",\"BIGINT\",8]],\"data\":[[" + count + "]],\"rows\":1}";
    }

    @Test
    void aCallHasItsDatabaseItsLoginAndItsParameters() {
        assertThat(run("SELECT c FROM t", false, rows(1))).hasSize(2);
        assertThat(asked).containsExactly("SELECT c FROM t");
        assertThat(heads.get(0))
                .startsWith("POST /rest/sql/d?req_id=")
                .contains("&app=weir&ip=1.2.3.4&token=a%2Bb HTTP/1.1")
                .contains("Basic bWU6cGFzcw==");
    }

    @Test
    void rowsThatAreNewAreNotTakenForHiddenOnes() {
        List<ResultPart> parts = run("SELECT c FROM t -- all", false, rows(120), count(121), rows(121));
        assertThat(parts).hasSize(2).last().isEqualTo(ResultPart.End.INSTANCE);
        assertThat(asked)
                .containsExactly(
                        "SELECT c FROM t -- all",
                        "SELECT COUNT(*) FROM (SELECT c FROM t -- all\n)",
                        "SELECT c FROM t -- all");
    }

    @Test
    void rowsThatDoNotComeAgainAreHidden() {
        List<ResultPart> parts = run("SELECT c FROM t", false, rows(120), count(121), rows(120));
        assertThat(parts).hasSize(3);
        assertThat(parts.get(1))
                .isInstanceOfSatisfying(
                        ResultPart.Failure.class,
                        failure -> assertThat(failure.error()).hasMessageContaining("120"));
    }

    @Test
    void aQuestionThatIsRefusedLeavesTheResultAsItCame() {
        assertThat(run("SELECT c FROM t", false, rows(120), "{\"code\":9728,\"desc\":\"syntax error\"}"))
                .hasSize(2)
                .noneMatch(ResultPart.Failure.class::isInstance);
    }

    @Test
    void anAnswerThatIsCutIsAnErrorAndSaysThatItMayHaveRun() {
        String whole = rows(5);
        WeirException error = StandIn.errorOf(
                Flux.defer(() -> Flux.fromIterable(run("SELECT c FROM t", true, whole.substring(0, 70)))));
        assertThat(error.kind()).isIn(ErrorKind.CLOSED, ErrorKind.PROTOCOL);
        assertThat(error.sent()).isNotEqualTo(WeirException.Sent.NO);
    }
}
