package io.weir.testkit.compliance.toy;

import io.weir.testkit.compliance.toy.ToyEngine.Answer;
import io.weir.testkit.compliance.toy.ToyFrames.Reply;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** A server of one process: answers requests one after the other, pages by request. Runs until the JVM ends. */
public final class ToyServer {

    /** The one that all tests use. */
    public static final ToyServer SHARED = new ToyServer();

    /** A statement that ends when the next one comes, so that no test waits for a clock. */
    public static final String SLOW = "TAKE YOUR TIME";

    static final String PASSWORD = "opensesame";

    private static final int LONGEST_REQUEST = 1 << 20;

    private final ToyEngine engine = new ToyEngine();
    private final ServerSocket listener;

    private ToyServer() {
        try {
            listener = new ServerSocket();
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept, "toy-server");
    }

    public String host() {
        return listener.getInetAddress().getHostAddress();
    }

    public int port() {
        return listener.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                daemon(() -> serve(client), "toy-server-client");
            }
        } catch (IOException closed) {
            return;
        }
    }

    private void serve(Socket client) {
        Map<Integer, Answer> cursors = new HashMap<>();
        try (client) {
            client.setTcpNoDelay(true);
            DataInputStream in = new DataInputStream(new BufferedInputStream(client.getInputStream()));
            while (true) {
                byte[] request = ToyFrames.read(in, LONGEST_REQUEST);
                if (isSlow(request)) {
                    waitForMore(in);
                }
                client.getOutputStream().write(ToyFrames.reply(answer(request, cursors)));
            }
        } catch (IOException left) {
            return;
        }
    }

    private static boolean isSlow(byte[] request) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(request));
        return in.readByte() == 'X' && in.readUTF().equals(SLOW);
    }

    /** Busy for as long as the client puts up with it: until it asks for something else, or leaves. */
    private static void waitForMore(DataInputStream in) throws IOException {
        in.mark(1);
        if (in.read() >= 0) {
            in.reset();
        }
    }

    private Reply answer(byte[] request, Map<Integer, Answer> cursors) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(request));
        int verb = in.readByte();
        String text = in.readUTF();
        String more = in.readUTF();
        int number = in.readInt();
        try {
            return switch (verb) {
                case 'L' -> {
                    if (!more.equals(PASSWORD)) {
                        throw new ToyEngine.Refusal("PermissionDenied", "wrong password for " + text);
                    }
                    yield done(0);
                }
                case 'X' -> {
                    if (text.equals(SLOW)) {
                        yield done(0);
                    }
                    Answer answer = engine.run(text);
                    if (answer.columns().isEmpty()) {
                        yield done(answer.count());
                    }
                    int cursor = cursors.size();
                    cursors.put(cursor, answer);
                    yield page(cursor, answer, number);
                }
                case 'F' -> page(Integer.parseInt(text), cursors.get(Integer.parseInt(text)), number);
                default -> done(0);
            };
        } catch (ToyEngine.Refusal refusal) {
            return new Reply(refusal.kind, refusal.getMessage(), 0, List.of(), List.of(), -1);
        }
    }

    private static Reply page(int cursor, Answer answer, int most) {
        Iterator<List<Object>> rows = answer.rows();
        List<List<Object>> page = new ArrayList<>();
        while (page.size() < most && rows.hasNext()) {
            page.add(rows.next());
        }
        return new Reply("", "", 0, answer.columns(), page, rows.hasNext() ? cursor : -1);
    }

    private static Reply done(long count) {
        return new Reply("", "", count, List.of(), List.of(), -1);
    }

    private static void daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }
}
