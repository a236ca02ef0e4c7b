package io.weir.server.tdengine.sql;

import io.weir.server.tdengine.block.LittleEndian;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** POINT, LINESTRING and POLYGON as text, in the bytes that a block has for them. */
final class Geometry {

    private static final Pattern SHAPE =
            Pattern.compile("\\s*(POINT|LINESTRING|POLYGON)\\s*\\((.*)\\)\\s*", Pattern.CASE_INSENSITIVE);
    private static final Pattern RING = Pattern.compile("\\(([^()]*)\\)");

    private Geometry() {}

    static byte[] ofText(String text) {
        Matcher shape = SHAPE.matcher(text);
        if (!shape.matches()) {
            throw invalid(text);
        }
        LittleEndian out = new LittleEndian(64).i8(1);
        try {
            switch (shape.group(1).toUpperCase(Locale.ROOT)) {
                case "POINT" -> point(out.i32(1), shape.group(2));
                case "LINESTRING" -> points(out.i32(2), shape.group(2));
                default -> {
                    List<String> rings = new ArrayList<>();
                    Matcher ring = RING.matcher(shape.group(2));
                    while (ring.find()) {
                        rings.add(ring.group(1));
                    }
                    out.i32(3).i32(rings.size());
                    rings.forEach(one -> points(out, one));
                }
            }
        } catch (NumberFormatException e) {
            throw invalid(text);
        }
        return out.toBytes();
    }

    private static void points(LittleEndian out, String text) {
        String[] points = text.split(",", -1);
        out.i32(points.length);
        for (String point : points) {
            point(out, point);
        }
    }

    private static void point(LittleEndian out, String text) {
        for (String number : text.trim().split("\\s+", -1)) {
            out.i64(Double.doubleToRawLongBits(Double.parseDouble(number)));
        }
    }

    private static TaosError invalid(String text) {
        return new TaosError(0x0216, "syntax error near \"" + text + "\" (invalid geometry data)");
    }
}
