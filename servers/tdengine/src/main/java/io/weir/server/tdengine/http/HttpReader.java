package io.weir.server.tdengine.http;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Reads requests, one after another, from a connection. */
public final class HttpReader {

    private static final int LINE_LIMIT = 1 << 16;

    private final InputStream in;

    public HttpReader(InputStream in) {
        this.in = in;
    }

    /** The next request, or null at the connection's end. */
    public @Nullable HttpRequest next() throws IOException {
        String start = line();
        if (start == null) {
            return null;
        }
        String[] words = start.split(" ", 3);
        if (words.length != 3) {
            throw new IOException("No HTTP request: " + start);
        }
        Map<String, String> headers = headers();
        int mark = words[1].indexOf('?');
        String path = mark < 0 ? words[1] : words[1].substring(0, mark);
        Map<String, String> query = mark < 0 ? Map.of() : query(words[1].substring(mark + 1));
        return new HttpRequest(words[0], path, query, headers, body(headers));
    }

    private Map<String, String> headers() throws IOException {
        Map<String, String> headers = new HashMap<>();
        for (String line = needed(line()); !line.isEmpty(); line = needed(line())) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                String name = line.substring(0, colon).trim().toLowerCase(Locale.ROOT);
                headers.merge(name, line.substring(colon + 1).trim(), (one, two) -> one + ", " + two);
            }
        }
        return headers;
    }

    private static Map<String, String> query(String text) {
        Map<String, String> query = new HashMap<>();
        for (String pair : text.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            query.put(decode(name), decode(value));
        }
        return query;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private byte[] body(Map<String, String> headers) throws IOException {
        byte[] body;
        if (headers.getOrDefault("transfer-encoding", "").contains("chunked")) {
            body = chunks();
        } else {
            body = exactly(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        }
        if (headers.getOrDefault("content-encoding", "").contains("gzip")) {
            return new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
        }
        return body;
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        while (true) {
            int size = Integer.parseInt(needed(line()).trim(), 16);
            out.write(exactly(size));
            needed(line());
            if (size == 0) {
                return out.toByteArray();
            }
        }
    }

    private byte[] exactly(int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException();
        }
        return bytes;
    }

    private static String needed(@Nullable String line) throws IOException {
        if (line == null) {
            throw new EOFException();
        }
        return Objects.requireNonNull(line);
    }

    private @Nullable String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                return null;
            }
            if (line.size() > LINE_LIMIT) {
                throw new IOException("A line of more than " + LINE_LIMIT + " bytes.");
            }
            line.write(b);
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }
}
