package io.weir.sample.tdengine;

import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import io.weir.tdengine.TdengineClient;
import io.weir.tdengine.TdengineSubscription;
import io.weir.tdengine.TdengineSubscription.Start;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** {@code ./dev check <url>}: what works with one's own server. It makes a database of its own and takes it away again. */
public final class SetupCheck {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int ROWS = 10;

    private final TdengineClient client;
    private final PrintStream out;
    private final String database = "weir_check_" + ThreadLocalRandom.current().nextInt(1_000_000);

    private record Step(String name, Mono<String> work) {}

    private SetupCheck(TdengineClient client, PrintStream out) {
        this.client = client;
        this.out = out;
    }

    public static void main(String[] args) {
        if (args.length != 1) {
            System.err.println("Which server? One URL, for instance " + Connecting.webSocket("127.0.0.1"));
            System.exit(2);
        }
        System.exit(check(args[0], System.out) ? 0 : 1);
    }

    /** Does all steps, and tells how each ended. */
    static boolean check(String url, PrintStream out) {
        TdengineClient client;
        try {
            client = TdengineClient.create(url);
        } catch (IllegalArgumentException e) {
            out.println("FAILED  url: " + e.getMessage());
            return false;
        }
        try {
            return new SetupCheck(client, out).run();
        } finally {
            client.close().block(PATIENCE);
        }
    }

    private boolean run() {
        // Without a connection and a database of its own nothing that follows would tell anything.
        if (!all(List.of(new Step("connect", version()), new Step("create", create())))) {
            return false;
        }
        try {
            return all(List.of(
                    new Step("insert", insert()),
                    new Step("query back", queryBack()),
                    new Step("prepared insert", prepared()),
                    new Step("subscription", subscription())));
        } finally {
            client.execute("DROP TOPIC IF EXISTS " + database + "_topic")
                    .onErrorComplete()
                    .then(client.execute("DROP DATABASE IF EXISTS " + database))
                    .onErrorComplete()
                    .block(PATIENCE);
        }
    }

    private boolean all(List<Step> steps) {
        boolean good = true;
        for (Step step : steps) {
            String outcome = step.work
                    .timeout(PATIENCE)
                    .map(text -> "ok      " + step.name + ": " + text)
                    .onErrorResume(error -> Mono.just(failed(step.name, error)))
                    .block();
            out.println(outcome);
            good &= outcome != null && !outcome.startsWith("FAILED");
        }
        return good;
    }

    private static String failed(String step, Throwable error) {
        if (!(error instanceof WeirException known)) {
            return "FAILED  " + step + ": " + error.getMessage();
        }
        return (known.kind() == ErrorKind.UNSUPPORTED ? "not so  " : "FAILED  ") + step + ": "
                + Connecting.advice(known);
    }

    private Mono<String> version() {
        return client.query("SELECT server_version()", row -> "TDengine " + row.getString(0))
                .single();
    }

    private Mono<String> create() {
        return Flux.just(
                        "CREATE DATABASE " + database,
                        "CREATE TABLE " + database + ".t (ts TIMESTAMP, v BIGINT)",
                        "CREATE TOPIC " + database + "_topic AS SELECT ts, v FROM " + database + ".t")
                .concatMap(client::execute)
                .then(Mono.just("database " + database));
    }

    private Mono<String> insert() {
        StringBuilder sql = new StringBuilder("INSERT INTO " + database + ".t VALUES");
        for (int i = 0; i < ROWS; i++) {
            sql.append(String.format(Locale.ROOT, " (%d, %d)", 1_700_000_000_000L + i, i));
        }
        return client.execute(sql.toString()).map(count -> count + " rows");
    }

    private Mono<String> queryBack() {
        return client.query("SELECT v FROM " + database + ".t ORDER BY ts", row -> row.getLong(0))
                .collectList()
                .map(values -> {
                    if (values.size() != ROWS || values.get(ROWS - 1) != ROWS - 1) {
                        throw new IllegalStateException(ROWS + " rows went in, and this came back: " + values);
                    }
                    return ROWS + " rows";
                });
    }

    private Mono<String> prepared() {
        return client.inSession(session -> session.prepare("INSERT INTO " + database + ".t VALUES (?, ?)")
                        .flatMap(statement -> statement.write(statement.batch().row(1_700_000_001_000L, 7))))
                .single()
                .map(rows -> rows + " row");
    }

    private Mono<String> subscription() {
        return client.consume(
                        TdengineSubscription.of(database, database + "_topic").withStart(Start.EARLIEST),
                        message -> message.rows((table, row) -> row.getLong(1)))
                .next()
                .map(first -> "its first row has come");
    }
}
