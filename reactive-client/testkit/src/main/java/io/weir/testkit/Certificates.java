package io.weir.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** An authority and what it has signed, made anew with the JDK's keytool once per JVM of tests. */
public final class Certificates {

    /** Opens every store and key that is made here. */
    public static final String PASSWORD = "changeit-7h3s3cr37";

    private static final Certificates MADE = new Certificates();

    private final Path folder;
    private final KeyStore all;

    private Certificates() {
        try {
            folder = Files.createTempDirectory("weir-certificates");
            Path store = folder.resolve("all.p12");
            keytool(store, "authority", null, "-ext", "bc:c");
            keytool(store, "server", "authority", "-ext", "san=ip:127.0.0.1,dns:localhost");
            keytool(store, "elsewhere", "authority", "-ext", "san=dns:db.example.org");
            // Good for two days, which ended yesterday.
            keytool(store, "expired", "authority", "-startdate", "-3d", "-ext", "san=ip:127.0.0.1,dns:localhost");
            keytool(store, "client", "authority");
            keytool(store, "stranger", null, "-ext", "bc:c");
            all = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
            deleteAtExit(folder);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Made on first use. */
    public static Certificates get() {
        return MADE;
    }

    /** The authority as PEM. */
    public Path authorityPem() {
        return pem("authority.pem", "CERTIFICATE", List.of(encoded("authority")));
    }

    /** A store that trusts the authority. */
    public Path trustStore(String type) {
        return store(
                "trust." + type,
                type,
                (store, password) -> store.setCertificateEntry("authority", all.getCertificate("authority")));
    }

    /** The key and certificate of one of them: server, elsewhere, expired, client; stranger, whom nobody knows. */
    public Path keyStore(String alias, String type) {
        return store(
                alias + "." + type,
                type,
                (store, password) -> store.setKeyEntry(alias, key(alias), password, all.getCertificateChain(alias)));
    }

    /** A certificate and those above it, as PEM. */
    public Path chainPem(String alias) {
        try {
            List<byte[]> chain = new ArrayList<>();
            for (Certificate c : all.getCertificateChain(alias)) {
                chain.add(c.getEncoded());
            }
            return pem(alias + ".pem", "CERTIFICATE", chain);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A private key as PEM. */
    public Path keyPem(String alias) {
        return pem(alias + ".key.pem", "PRIVATE KEY", List.of(key(alias).getEncoded()));
    }

    /** A private key as PEM, encrypted with {@link #PASSWORD}. */
    public Path encryptedKeyPem(String alias) {
        try {
            String algorithm = "PBEWithHmacSHA256AndAES_256";
            Cipher cipher = Cipher.getInstance(algorithm);
            cipher.init(
                    Cipher.ENCRYPT_MODE,
                    SecretKeyFactory.getInstance(algorithm).generateSecret(new PBEKeySpec(PASSWORD.toCharArray())));
            // PKCS 8 by hand: the JDK reads what it can not name when it writes (PBES2).
            byte[] pbes2 = {6, 9, 42, (byte) 134, 72, (byte) 134, (byte) 247, 13, 1, 5, 13};
            byte[] der = der(
                    0x30,
                    der(0x30, pbes2, cipher.getParameters().getEncoded()),
                    der(0x04, cipher.doFinal(key(alias).getEncoded())));
            return pem(alias + ".encrypted.pem", "ENCRYPTED PRIVATE KEY", List.of(der));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] der(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        int length = content.size();
        if (length < 128) {
            out.write(length);
        } else {
            out.write(0x82);
            out.write(length >> 8);
            out.write(length);
        }
        out.writeBytes(content.toByteArray());
        return out.toByteArray();
    }

    /** What a server needs that shows itself as one of them, and trusts the authority. */
    public SSLContext serverContext(String alias) {
        try {
            KeyStore own = KeyStore.getInstance(keyStore(alias, "PKCS12").toFile(), PASSWORD.toCharArray());
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(own, PASSWORD.toCharArray());
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(KeyStore.getInstance(trustStore("PKCS12").toFile(), PASSWORD.toCharArray()));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A file with any content. */
    public Path file(String name, String content) {
        try {
            return Files.writeString(folder.resolve(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Filling {
        void fill(KeyStore store, char[] password) throws GeneralSecurityException;
    }

    private Path store(String name, String type, Filling filling) {
        Path file = folder.resolve(name);
        try (OutputStream out = Files.newOutputStream(file)) {
            KeyStore store = KeyStore.getInstance(type);
            store.load(null, null);
            filling.fill(store, PASSWORD.toCharArray());
            store.store(out, PASSWORD.toCharArray());
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        return file;
    }

    private byte[] encoded(String alias) {
        try {
            return all.getCertificate(alias).getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private Key key(String alias) {
        try {
            return all.getKey(alias, PASSWORD.toCharArray());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private Path pem(String name, String label, List<byte[]> blocks) {
        Base64.Encoder lines = Base64.getMimeEncoder(64, new byte[] {'\n'});
        StringBuilder text = new StringBuilder();
        for (byte[] block : blocks) {
            text.append("-----BEGIN ").append(label).append("-----\n");
            text.append(lines.encodeToString(block))
                    .append("\n-----END ")
                    .append(label)
                    .append("-----\n");
        }
        return file(name, text.toString());
    }

    private static void keytool(Path store, String alias, @Nullable String signer, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD,
                "-alias",
                alias,
                "-dname",
                "CN=" + alias));
        if (signer != null) {
            command.addAll(List.of("-signer", signer));
        }
        command.addAll(List.of(more));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (InputStream out = process.getInputStream()) {
            String said = new String(out.readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException("keytool failed for " + alias + ": " + said);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void deleteAtExit(Path folder) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try (var files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
                Files.delete(folder);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }));
    }
}
