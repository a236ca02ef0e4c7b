package io.weir.server.tdengine.rest;

import java.math.BigDecimal;

/** Floating point as the adapter writes it: 1.5, 3, 1e+21, 2.5e-7. */
final class RestNumber {

    private static final BigDecimal SMALLEST_PLAIN = new BigDecimal("1e-6");
    private static final BigDecimal FIRST_WITH_EXPONENT = new BigDecimal("1e21");

    private RestNumber() {}

    static String of(Number value) {
        // The shortest digits that mean this number: those of Java are the adapter's.
        BigDecimal digits = new BigDecimal(value.toString()).stripTrailingZeros();
        BigDecimal size = digits.abs();
        if (digits.signum() == 0 || (size.compareTo(SMALLEST_PLAIN) >= 0 && size.compareTo(FIRST_WITH_EXPONENT) < 0)) {
            return digits.toPlainString();
        }
        int exponent = digits.precision() - digits.scale() - 1;
        BigDecimal mantissa = digits.movePointLeft(exponent);
        return mantissa.stripTrailingZeros().toPlainString() + "e" + (exponent < 0 ? "" : "+") + exponent;
    }
}
