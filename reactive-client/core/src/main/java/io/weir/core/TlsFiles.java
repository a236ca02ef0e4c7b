package io.weir.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Files that are read together, and once again when one of them has changed. Without files: read once. */
final class TlsFiles<M> {

    /** Reads them. */
    interface Reader<M> {
        M @Nullable [] read() throws GeneralSecurityException;
    }

    /** What they held, and what they looked like just before. */
    static final class Content<M> {
        private final List<Look> looks;
        final M @Nullable [] managers;

        private Content(List<Look> looks, M @Nullable [] managers) {
            this.looks = looks;
            this.managers = managers;
        }
    }

    /**
     * A file from outside. A file that took another one's place has another key, also where both are of the same moment and
     * size, as with links that are switched over.
     */
    private record Look(
            @Nullable FileTime modified,
            long size,
            @Nullable Object fileKey) {

        private static final Look GONE = new Look(null, 0, null);

        static Look at(Path file) {
            try {
                BasicFileAttributes seen = Files.readAttributes(file, BasicFileAttributes.class);
                return new Look(seen.lastModifiedTime(), seen.size(), seen.fileKey());
            } catch (IOException e) {
                return GONE;
            }
        }
    }

    private final List<Path> files;
    private final Reader<M> reader;

    TlsFiles(List<Path> files, Reader<M> reader) {
        this.files = files;
        this.reader = reader;
    }

    Content<M> read() throws GeneralSecurityException {
        List<Look> before = looks();
        return new Content<>(before, reader.read());
    }

    /** Whether they look as they did then. */
    boolean isAsIn(Content<M> known) {
        return looks().equals(known.looks);
    }

    /** Reads only what has changed: keys of a store take a while to be derived. */
    Content<M> refreshed(Content<M> known) throws GeneralSecurityException {
        return isAsIn(known) ? known : read();
    }

    private List<Look> looks() {
        return files.stream().map(Look::at).toList();
    }
}
