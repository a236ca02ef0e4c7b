package io.weir.tdengine.nativelib;

import com.sun.jna.Function;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import io.weir.tdengine.session.NativeSettings;
import io.weir.tdengine.type.ServerVersion;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The C library in this process. Each file is loaded once and stays; what is set for the library as a whole (folder of its
 * configuration, locale) is set with its first use, and holds for all.
 */
final class LoadedLibrary {

    /** The first with the prepared statements and the description of fields that are used here. */
    static final ServerVersion LEAST = ServerVersion.STATEMENTS;

    /** Of dlopen: what the library brings along (compression, TLS) must not take the place of what others in the process have. */
    private static final int NOW_AND_FOR_US_ALONE = 2;

    private static final Map<String, LoadedLibrary> LOADED = new HashMap<>();

    private final String file;
    private final Libtaos functions;
    private final Libtmq subscriptions;
    private final ServerVersion version;
    private final Calls calls = new Calls();
    private final @Nullable Function affectedRows64;
    private final @Nullable Path configFolder;
    private final @Nullable String locale;

    private LoadedLibrary(String file, Libtaos functions, NativeLibrary library, NativeSettings settings) {
        this.file = file;
        this.functions = functions;
        this.subscriptions = load(file, Libtmq.class);
        this.version = checked(library, functions);
        this.affectedRows64 = find(library, "taos_affected_rows64");
        this.configFolder = settings.configFolder();
        this.locale = settings.locale();
        set(Libtaos.CONFIG_FOLDER, "configFolder", configFolder == null ? null : configFolder.toString());
        set(Libtaos.LOCALE, "locale", locale);
        // Without it the library takes that of the process, which is ASCII under many a service manager.
        set(Libtaos.CHARSET, "charset", "UTF-8");
    }

    /** Loads it if it is not there yet; blocks. */
    static LoadedLibrary of(NativeSettings settings) {
        String name = name(settings.library());
        // One at a time, since the first one sets what holds for the process.
        synchronized (LOADED) {
            LoadedLibrary loaded = LOADED.get(name);
            if (loaded == null) {
                loaded = load(name, settings);
                LOADED.put(name, loaded);
            }
            loaded.checkSame("configFolder", loaded.configFolder, settings.configFolder());
            loaded.checkSame("locale", loaded.locale, settings.locale());
            return loaded;
        }
    }

    private static String name(@Nullable Path library) {
        if (library == null) {
            return "taos";
        }
        Path file = Files.isDirectory(library) ? library.resolve(System.mapLibraryName("taos")) : library;
        if (!Files.exists(file)) {
            throw refused("There is no " + file + ", which option 'nativeLibrary' names: " + advice());
        }
        return file.toAbsolutePath().normalize().toString();
    }

    private static LoadedLibrary load(String name, NativeSettings settings) {
        try {
            Libtaos functions = load(name, Libtaos.class);
            Library.Handler handler = (Library.Handler) Proxy.getInvocationHandler(functions);
            return new LoadedLibrary(name, functions, handler.getNativeLibrary(), settings);
        } catch (LinkageError e) {
            String what = name.equals("taos")
                    ? "TDengine's client library libtaos was not found where the system looks for libraries: "
                    : name + " can not be loaded on this machine (" + machine() + "): ";
            throw refused(what + advice() + " (" + firstLine(e) + ")");
        }
    }

    /** The same file is loaded once, whatever is to be called in it. */
    private static <T extends Library> T load(String name, Class<T> functions) {
        return Native.load(
                name,
                functions,
                Map.of(
                        Library.OPTION_STRING_ENCODING,
                        StandardCharsets.UTF_8.name(),
                        Library.OPTION_OPEN_FLAGS,
                        NOW_AND_FOR_US_ALONE));
    }

    private static ServerVersion checked(NativeLibrary library, Libtaos functions) {
        List<String> missing = Libtaos.NEEDED.stream()
                .filter(function -> find(library, function) == null)
                .toList();
        if (missing.contains("taos_connect") || find(library, "taos_get_client_info") == null) {
            throw refused(library.getFile() + " is not TDengine's client library: " + advice());
        }
        String text = functions.taos_get_client_info();
        ServerVersion version;
        try {
            version = ServerVersion.of(text);
        } catch (IllegalArgumentException e) {
            throw refused("TDengine's client library says that its version is '" + text + "': " + advice());
        }
        if (!missing.isEmpty() || !version.isAtLeast(LEAST)) {
            throw refused("TDengine's client library is " + version + (missing.isEmpty() ? "" : ", without " + missing)
                    + ", which is too old: " + advice());
        }
        return version;
    }

    private static @Nullable Function find(NativeLibrary library, String name) {
        try {
            return library.getFunction(name);
        } catch (UnsatisfiedLinkError missing) {
            return null;
        }
    }

    private static String advice() {
        return "install the TDengine client " + LEAST + " or newer for " + machine()
                + ", name its file by option nativeLibrary, or use the WebSocket (tdengine://), which needs no library";
    }

    private static String machine() {
        return Platform.RESOURCE_PREFIX;
    }

    private static String firstLine(Throwable error) {
        return String.valueOf(error.getMessage()).lines().findFirst().orElse("");
    }

    private void set(int option, String name, @Nullable String value) {
        if (value != null && functions.taos_options(option, value) != 0) {
            throw refused("TDengine's client library does not take " + value + " for option '" + name + "': "
                    + functions.taos_errstr(null));
        }
    }

    private void checkSame(String name, @Nullable Object before, @Nullable Object now) {
        if (now != null && !now.equals(before)) {
            throw refused("Option '" + name + "' is " + now + ", and TDengine's client library works with "
                    + (before == null ? "its own" : before)
                    + " since its first use in this process: give all clients the same");
        }
    }

    private static WeirException refused(String text) {
        return WeirException.of(ErrorKind.UNSUPPORTED, text)
                .system("tdengine")
                .sent(WeirException.Sent.NO)
                .build();
    }

    Libtaos functions() {
        return functions;
    }

    Libtmq subscriptions() {
        return subscriptions;
    }

    Calls calls() {
        return calls;
    }

    ServerVersion version() {
        return version;
    }

    /** How many rows a statement has changed; older libraries count to two thousand million. */
    long affectedRows(Pointer result) {
        return affectedRows64 == null
                ? functions.taos_affected_rows(result)
                : affectedRows64.invokeLong(new Object[] {result});
    }

    @Override
    public String toString() {
        return "libtaos " + version + (file.equals("taos") ? "" : " (" + file + ")");
    }
}
