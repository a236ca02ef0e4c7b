package io.weir.iotdb;

import io.weir.core.ResultPart;
import io.weir.iotdb.type.CallLimits;
import io.weir.iotdb.type.Dialect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What tests on a real server need again and again. */
final class RealSession {

    private RealSession() {}

    static IotdbClient client(String url, Dialect dialect) {
        return IotdbClient.builder()
                .url(url)
                .option(IotdbOptions.SQL_DIALECT, dialect)
                .build();
    }

    /** Runs statements in order, several on their way at once; fails at the first that is refused. */
    static Mono<Void> succeed(IotdbSession session, List<String> statements) {
        return session.run(statements, CallLimits.within(Duration.ZERO))
                .concatMap(
                        part -> part instanceof ResultPart.Failure refusal ? Mono.error(refusal.error()) : Mono.empty())
                .then();
    }

    /** Makes a database of that name anew and enters it. */
    static Mono<Void> database(IotdbSession session, String name) {
        return succeed(session, List.of("drop database if exists " + name, "create database " + name, "use " + name));
    }

    /** A table {@code t} with rows 0 to n-1: time and l are the number, d its half, b whether it is even, s its text. */
    static Mono<Void> numbers(IotdbSession session, int rows) {
        List<String> statements = new ArrayList<>();
        statements.add("create table t(k string tag, l int64 field, d double field, b boolean field, s string field)");
        for (int from = 0; from < rows; from += 1000) {
            StringJoiner tuples = new StringJoiner(",", "insert into t(time,k,l,d,b,s) values ", "");
            for (int i = from; i < Math.min(rows, from + 1000); i++) {
                tuples.add("(" + i + ",'k'," + i + "," + i / 2.0 + "," + (i % 2 == 0) + ",'text-" + i + "')");
            }
            statements.add(tuples.toString());
        }
        return succeed(session, statements);
    }

    /** Drops it in every ending of the work. */
    static <T> Flux<T> inDatabase(
            IotdbClient client, String name, java.util.function.Function<IotdbSession, Flux<T>> work) {
        return client.inSession(session -> Flux.usingWhen(
                database(session, name).thenReturn(session),
                work,
                s -> client.execute("drop database if exists " + name)));
    }
}
