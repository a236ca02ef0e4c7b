package io.weir.tdengine.nativelib;

import com.sun.jna.Pointer;
import io.weir.core.ErrorKind;
import io.weir.core.TimePrecision;
import io.weir.core.WeirException;
import io.weir.tdengine.protocol.ResultField;
import io.weir.tdengine.type.StatementField;
import io.weir.tdengine.type.StatementField.Role;
import io.weir.tdengine.type.TdengineType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The library's descriptions of columns and placeholders: arrays of structures, which differ in their last member. */
final class Fields {

    private static final int NAME_SIZE = 65;
    private static final int TYPE = 65;
    private static final int PRECISION = 66;
    private static final int SCALE = 67;
    private static final int BYTES = 68;
    private static final int ROLE = 72;
    private static final int SIZE = 72;
    private static final int SIZE_WITH_ROLE = 76;

    private static final Role[] ROLES = {Role.COLUMN, Role.TAG, Role.QUERY, Role.TABLE_NAME};

    private Fields() {}

    /** The columns of a result. */
    static List<ResultField> ofResult(@Nullable Pointer fields, int count) {
        if (fields == null || count <= 0) {
            throw malformed("A result has " + count + " columns, and no description of them");
        }
        List<ResultField> columns = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            Pointer field = fields.share((long) i * SIZE);
            columns.add(new ResultField(
                    name(field),
                    type(field, i),
                    field.getInt(BYTES),
                    unsigned(field, PRECISION),
                    unsigned(field, SCALE)));
        }
        return columns;
    }

    /** The placeholders of a write. */
    static List<StatementField> ofStatement(Pointer fields, int count) {
        List<StatementField> placeholders = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            Pointer field = fields.share((long) i * SIZE_WITH_ROLE);
            int role = field.getByte(ROLE);
            if (role < 1 || role > ROLES.length) {
                throw malformed("Placeholder " + i + " is of kind " + role + "; known are 1 to " + ROLES.length);
            }
            TdengineType type = type(field, i);
            int precision = unsigned(field, PRECISION);
            boolean moment = type == TdengineType.TIMESTAMP;
            placeholders.add(new StatementField(
                    name(field),
                    type,
                    moment ? precision(precision) : TimePrecision.MILLISECONDS,
                    moment ? 0 : precision,
                    unsigned(field, SCALE),
                    field.getInt(BYTES),
                    ROLES[role - 1]));
        }
        return placeholders;
    }

    static TimePrecision precision(int number) {
        TimePrecision[] known = TimePrecision.values();
        if (number < 0 || number >= known.length) {
            throw malformed("Times are said to have precision " + number + "; known are 0 (ms), 1 (us), 2 (ns)");
        }
        return known[number];
    }

    private static String name(Pointer field) {
        byte[] bytes = field.getByteArray(0, NAME_SIZE);
        int length = 0;
        while (length < bytes.length && bytes[length] != 0) {
            length++;
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    private static TdengineType type(Pointer field, int index) {
        TdengineType type = TdengineType.ofCode(field.getByte(TYPE));
        if (type == null) {
            throw malformed("Column " + index + " has type " + field.getByte(TYPE) + ", which is unknown");
        }
        return type;
    }

    private static int unsigned(Pointer field, int offset) {
        return field.getByte(offset) & 0xff;
    }

    static WeirException malformed(String what) {
        return WeirException.of(ErrorKind.PROTOCOL, what + ": library and client do not fit")
                .system("tdengine")
                .sent(WeirException.Sent.ANSWERED)
                .build();
    }
}
