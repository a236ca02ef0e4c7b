package io.weir.server.tdengine.session;

import io.weir.server.tdengine.block.Batch;
import io.weir.server.tdengine.block.BlockFormat;
import io.weir.server.tdengine.block.Column;
import io.weir.server.tdengine.block.LittleEndian;
import io.weir.server.tdengine.manner.Manner;
import io.weir.server.tdengine.sql.TaosError;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reading results: fetch_raw_block, the older fetch with fetch_block, free_result. */
final class FetchActions {

    private static final int HEAD = 51;

    private final WsSession session;
    private final Adapter adapter;
    private final Results results;

    FetchActions(WsSession session, Adapter adapter, Results results) {
        this.session = session;
        this.adapter = adapter;
        this.results = results;
    }

    void register(Map<String, Handler> actions) {
        actions.put("fetch_raw_block", this::fetchRawBlock);
        actions.put("fetch", this::fetch);
        actions.put("fetch_block", this::fetchBlock);
        actions.put("free_result", request -> {
            adapter.counters().freed.incrementAndGet();
            results.free(request.args().id("id"));
        });
        actions.put("num_fields", request -> {
            List<Column> columns =
                    results.get(request.args().id("result_id")).rows().columns();
            request.send(request.ok().with("num_fields", columns.size()));
        });
    }

    /** Called for each message in the order in which they come, before any is worked on. */
    void announce(Request request) {
        OpenResult result = results.find(request.resultOrStatement());
        if (result != null && request.action().equals("fetch_raw_block") && result.announce()) {
            adapter.counters().overlappingFetches.incrementAndGet();
        }
    }

    private BlockFormat format() {
        return new BlockFormat(1, adapter.manners().is(Manner.BLANK_FILL));
    }

    private void fetchRawBlock(Request request) {
        long id = request.resultOrStatement();
        OpenResult result = null;
        try {
            if (request.body().remaining() < 2) {
                throw TaosError.adapter("message length is too short");
            } else if (request.body().getShort() != 1) {
                throw TaosError.adapter("unknown fetch raw block version");
            }
            result = results.get(id);
            byte[] block = result.nextBlock(format());
            byte[] answer = answer(request, id, 0, "", block);
            if (block == null) {
                results.free(id);
            } else {
                adapter.counters().blocks.incrementAndGet();
                if (session.dropsAt("block") || result.hint().asks("drop", "block")) {
                    session.socket().sendHalf(answer);
                    return;
                }
            }
            result.answered();
            request.out().binary(answer);
        } catch (TaosError e) {
            if (result != null) {
                results.free(id);
            }
            request.out().binary(answer(request, id, e.code(), e.text(), null));
        }
    }

    private static byte[] answer(Request request, long id, int code, String text, byte @Nullable [] block) {
        byte[] message = text.getBytes(StandardCharsets.UTF_8);
        LittleEndian out = new LittleEndian(HEAD + message.length + (block == null ? 0 : Integer.BYTES + block.length))
                .i64(-1)
                .i64(7)
                .i16(1)
                .i64(request.nanos())
                .i64(request.requestId())
                .i32(code & 0xffff)
                .i32(message.length)
                .raw(message)
                .i64(id)
                .i8(block == null ? 1 : 0);
        if (block != null) {
            out.i32(block.length).raw(block);
        }
        return out.toBytes();
    }

    private void fetch(Request request) {
        long id = request.args().id("id");
        Batch batch = results.get(id).advance();
        if (batch == null) {
            results.free(id);
        }
        List<Object> lengths = new ArrayList<>();
        if (batch != null) {
            results.get(id)
                    .rows()
                    .columns()
                    .forEach(column -> lengths.add(column.type().length()));
        }
        request.send(request.ok()
                .with("id", id)
                .with("completed", batch == null)
                .with("lengths", batch == null ? null : lengths)
                .with("rows", batch == null ? 0 : batch.size()));
    }

    private void fetchBlock(Request request) {
        long id = request.args().id("id");
        Batch batch = results.get(id).current();
        if (batch == null) {
            throw TaosError.adapter("block is nil");
        }
        byte[] block = batch.encode(format());
        request.out()
                .binary(new LittleEndian(16 + block.length)
                        .i64(request.nanos())
                        .i64(id)
                        .raw(block)
                        .toBytes());
    }
}
