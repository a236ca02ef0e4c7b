package io.weir.server.tdengine.http;

import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** Writes answers. */
public final class HttpWriter {

    private final OutputStream out;

    public HttpWriter(OutputStream out) {
        this.out = out;
    }

    public void send(int status, String contentType, byte[] body) throws IOException {
        head(status, Map.of("Content-Type", contentType, "Content-Length", Integer.toString(body.length)));
        out.write(body);
        out.flush();
    }

    /** Compressed if the client takes that, as answers of any length are. */
    public void send(int status, String contentType, byte[] body, boolean gzip) throws IOException {
        if (!gzip) {
            send(status, contentType, body);
            return;
        }
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (OutputStream gzipped = new GZIPOutputStream(compressed)) {
            gzipped.write(body);
        }
        head(
                status,
                Map.of(
                        "Content-Type",
                        contentType,
                        "Content-Encoding",
                        "gzip",
                        "Vary",
                        "Accept-Encoding",
                        "Content-Length",
                        Integer.toString(compressed.size())));
        compressed.writeTo(out);
        out.flush();
    }

    public void head(int status, Map<String, String> headers) throws IOException {
        StringBuilder text =
                new StringBuilder("HTTP/1.1 ").append(status).append(' ').append(reason(status));
        headers.forEach(
                (name, value) -> text.append("\r\n").append(name).append(": ").append(value));
        out.write(text.append("\r\n\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    /** A body of unknown length; it ends when the stream is closed, which leaves the connection open. */
    public OutputStream chunked(String contentType, boolean gzip) throws IOException {
        head(
                200,
                gzip
                        ? Map.of(
                                "Content-Type",
                                contentType,
                                "Transfer-Encoding",
                                "chunked",
                                "Content-Encoding",
                                "gzip",
                                "Vary",
                                "Accept-Encoding")
                        : Map.of("Content-Type", contentType, "Transfer-Encoding", "chunked"));
        OutputStream chunks = new Chunks(out);
        return gzip ? new GZIPOutputStream(chunks, true) : chunks;
    }

    private static String reason(int status) {
        return switch (status) {
            case 101 -> "Switching Protocols";
            case 200 -> "OK";
            case 301 -> "Moved Permanently";
            case 307 -> "Temporary Redirect";
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 502 -> "Bad Gateway";
            case 503 -> "Service Unavailable";
            default -> "Internal Server Error";
        };
    }

    private static final class Chunks extends FilterOutputStream {

        Chunks(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            if (count > 0) {
                out.write((Integer.toHexString(count) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
                out.write(bytes, from, count);
                out.write('\r');
                out.write('\n');
            }
        }

        @Override
        public void close() throws IOException {
            out.write("0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        }
    }
}
