package io.weir.core;

/** The options of a system as a table for its docs, from the one declaration that there is. */
public final class OptionTable {

    private OptionTable() {}

    /** Markdown, one line per option, in the order of the set. */
    public static String markdown(OptionSet set) {
        StringBuilder table = new StringBuilder("| Option | Type | Default | Meaning |\n| --- | --- | --- | --- |\n");
        for (OptionKey<?> key : set.keys()) {
            String type = key.isSecret() ? key.typeLabel() + ", secret" : key.typeLabel();
            String standard = set.isRequired(key) ? "required" : key.defaultText();
            table.append("| `").append(key.name()).append("` | ");
            table.append(cell(type)).append(" | ").append(cell(standard)).append(" | ");
            table.append(cell(key.meaning())).append(" |\n");
        }
        return table.toString();
    }

    /** A bar would end the cell. */
    private static String cell(String text) {
        return text.replace("|", "\\|").replace('\n', ' ');
    }
}
