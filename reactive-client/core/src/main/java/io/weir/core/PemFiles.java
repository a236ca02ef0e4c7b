package io.weir.core;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.jspecify.annotations.Nullable;

/** Reads certificates and private keys from PEM files. */
final class PemFiles {

    private static final Pattern KEY = Pattern.compile("-----BEGIN ([A-Z ]*)PRIVATE KEY-----([^-]+)-----END");
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA", "RSASSA-PSS");

    private PemFiles() {}

    static List<X509Certificate> certificates(Path file) {
        byte[] content = read(file);
        try {
            List<X509Certificate> found =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(new ByteArrayInputStream(content))
                            .stream()
                            .map(X509Certificate.class::cast)
                            .toList();
            if (!found.isEmpty()) {
                return found;
            }
        } catch (CertificateException e) {
            throw new IllegalArgumentException(file + " holds something that is no certificate: " + e.getMessage(), e);
        }
        throw new IllegalArgumentException(file + " holds no certificate ('-----BEGIN CERTIFICATE-----' expected)");
    }

    static PrivateKey privateKey(Path file, @Nullable String password) {
        Matcher pem = KEY.matcher(new String(read(file), StandardCharsets.ISO_8859_1));
        if (!pem.find()) {
            throw new IllegalArgumentException(file + " holds no private key ('-----BEGIN PRIVATE KEY-----' expected)");
        }
        String label = pem.group(1).trim();
        if (!label.isEmpty() && !label.equals("ENCRYPTED")) {
            throw new IllegalArgumentException(file + " holds a private key in the old format '" + label
                    + "': convert it with 'openssl pkcs8 -topk8 -in old.pem -out new.pem'");
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(pem.group(2));
            return key(file, label.isEmpty() ? new PKCS8EncodedKeySpec(der) : decrypt(file, der, password));
        } catch (IllegalArgumentException e) {
            throw e;
        } catch (GeneralSecurityException | IOException e) {
            // Whatever the JDK says about a wrong password says less than this.
            throw new IllegalArgumentException(
                    "The private key in " + file + " can not be read: wrong password, or damaged", e);
        }
    }

    private static PKCS8EncodedKeySpec decrypt(Path file, byte[] der, @Nullable String password)
            throws GeneralSecurityException, IOException {
        if (password == null) {
            throw new IllegalArgumentException("The private key in " + file + " is encrypted: it needs its password");
        }
        EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(der);
        AlgorithmParameters parameters = info.getAlgParameters();
        // PBES2 names its real algorithm in the parameters only.
        String algorithm = parameters == null ? info.getAlgName() : parameters.toString();
        Cipher cipher = Cipher.getInstance(algorithm);
        cipher.init(
                Cipher.DECRYPT_MODE,
                SecretKeyFactory.getInstance(algorithm).generateSecret(new PBEKeySpec(password.toCharArray())),
                parameters);
        return info.getKeySpec(cipher);
    }

    private static PrivateKey key(Path file, PKCS8EncodedKeySpec spec) throws GeneralSecurityException {
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(spec);
            } catch (InvalidKeySpecException notThisOne) {
                // The format does not say in the open which one it is: the next may fit.
            }
        }
        throw new IllegalArgumentException("The private key in " + file + " is none of " + ALGORITHMS);
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new IllegalArgumentException(file + " can not be read: " + e, e);
        }
    }
}
