package io.weir.tdengine.type;

/**
 * Rows without a schema, which the server makes tables and columns for.
 *
 * @param data lines, joined by line breaks; or a JSON text
 * @param precision of the times in them: h, m, s, ms, us, ns; empty: the protocol's own
 * @param ttlDays how long tables that this call creates are kept, in days; 0: for ever
 * @param tableNameKey the tag that names the table; empty: the server makes a name of all tags
 */
public record Schemaless(Protocol protocol, String data, String precision, int ttlDays, String tableNameKey) {

    /** How the rows are written. */
    public enum Protocol {
        /** InfluxDB's lines: {@code power,site=north watts=3.5 1700000000000}. */
        LINE(1),
        /** OpenTSDB's telnet lines: {@code power 1700000000000 3.5 site=north}. */
        TELNET(2),
        /** OpenTSDB's JSON. */
        JSON(3);

        private final int number;

        Protocol(int number) {
            this.number = number;
        }

        /** As it travels. */
        public int number() {
            return number;
        }
    }

    public Schemaless {
        if (ttlDays < 0) {
            throw new IllegalArgumentException("A time to live is counted in days, 0 for none: not " + ttlDays);
        }
        precision = switch (precision) {
            case "", "h", "m", "s", "ms", "ns" -> precision;
            case "us", "u", "μ" -> "u";
            default ->
                throw new IllegalArgumentException(
                        "Times can not be in '" + precision + "': possible are h, m, s, ms, us, ns");
        };
    }

    /** With the protocol's own precision, for ever, tables named by the server. */
    public static Schemaless of(Protocol protocol, String data) {
        return new Schemaless(protocol, data, "", 0, "");
    }

    /** The same with times in another unit: h, m, s, ms, us or ns. */
    public Schemaless withPrecision(String unit) {
        return new Schemaless(protocol, data, unit, ttlDays, tableNameKey);
    }

    /** The same, with new tables kept for so many days. */
    public Schemaless withTtlDays(int days) {
        return new Schemaless(protocol, data, precision, days, tableNameKey);
    }

    /** The same, with tables named by that tag. */
    public Schemaless withTableNameKey(String tag) {
        return new Schemaless(protocol, data, precision, ttlDays, tag);
    }

    /** The data is left out. */
    @Override
    public String toString() {
        return "Schemaless[" + protocol + ", " + data.length() + " characters]";
    }
}
