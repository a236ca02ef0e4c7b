package io.weir.tdengine.protocol;

import io.weir.tdengine.type.TdengineType;

/**
 * One column of a result.
 *
 * @param length as the user declared it: VARCHAR(20) has 20
 * @param precision digits of DECIMAL; 0 where the server does not tell
 * @param scale digits behind the point of DECIMAL
 */
public record ResultField(String name, TdengineType type, long length, int precision, int scale) {

    /** The type as SQL spells it. */
    String describe() {
        return type.isDecimal() && precision == 0 ? type.sqlName() : type.describe(length, precision, scale);
    }
}
