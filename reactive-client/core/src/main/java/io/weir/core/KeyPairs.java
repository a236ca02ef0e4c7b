package io.weir.core;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Map;

/** Whether a private key is that of a certificate: otherwise it is the server that finds out, in words that help nobody. */
final class KeyPairs {

    private static final byte[] ANYTHING = {7};

    private static final Map<String, String> SIGNATURES =
            Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA", "EdDSA", "EdDSA");

    private KeyPairs() {}

    /** True also for kinds of keys that can not be tried. */
    static boolean belongTogether(PrivateKey key, PublicKey certified) {
        String algorithm = SIGNATURES.get(key.getAlgorithm());
        if (algorithm == null) {
            return true;
        }
        try {
            Signature sign = Signature.getInstance(algorithm);
            sign.initSign(key);
            sign.update(ANYTHING);
            byte[] signature = sign.sign();
            Signature verify = Signature.getInstance(algorithm);
            verify.initVerify(certified);
            verify.update(ANYTHING);
            return verify.verify(signature);
        } catch (GeneralSecurityException otherKinds) {
            return false;
        }
    }
}
