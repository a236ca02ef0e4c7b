package io.weir.server.tdengine.rest;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/** The token of {@code GET /rest/login}: user and password, hidden by a key that everybody knows. */
final class TaosdToken {

    private static final byte[] KEY = HexFormat.of().parseHex("40b67a305673fd44");
    static final int USER_LENGTH = 24;
    private static final int BLOCK = 8;

    private TaosdToken() {}

    static String encode(String user, String password) {
        byte[] name = user.getBytes(StandardCharsets.UTF_8);
        byte[] secret = password.getBytes(StandardCharsets.UTF_8);
        int length = USER_LENGTH + Math.max(USER_LENGTH, (secret.length + BLOCK - 1) / BLOCK * BLOCK);
        byte[] plain = Arrays.copyOf(name, length);
        System.arraycopy(secret, 0, plain, USER_LENGTH, secret.length);
        return Base64.getEncoder().encodeToString(run(Cipher.ENCRYPT_MODE, plain));
    }

    /** User and password. */
    static String[] decode(String token) {
        try {
            byte[] plain = run(Cipher.DECRYPT_MODE, Base64.getDecoder().decode(token));
            if (plain.length < 2 * USER_LENGTH) {
                throw new IllegalArgumentException(token);
            }
            return new String[] {text(plain, 0, USER_LENGTH), text(plain, USER_LENGTH, plain.length)};
        } catch (IllegalArgumentException e) {
            throw new RestError(401, 0x1125, "invalid taosd Authorization");
        }
    }

    private static String text(byte[] bytes, int from, int to) {
        int end = from;
        while (end < to && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, from, end - from, StandardCharsets.UTF_8);
    }

    private static byte[] run(int mode, byte[] input) {
        try {
            @SuppressWarnings("InsecureCryptoUsage") // It is the server's format, and hides nothing from anybody.
            Cipher cipher = Cipher.getInstance("DES/ECB/NoPadding");
            cipher.init(mode, new SecretKeySpec(KEY, "DES"));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
