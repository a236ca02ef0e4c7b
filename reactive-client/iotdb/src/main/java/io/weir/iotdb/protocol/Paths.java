package io.weir.iotdb.protocol;

import java.util.regex.Pattern;

/** Paths of the tree model as parts of statements. */
public final class Paths {

    /** A node: in back quotes (which stand twice within), or without anything that could end it. */
    private static final String NODE = "(?:`(?:[^`]|``)+`|[^\\s.`'\";,()]+)";

    private static final Pattern PATH = Pattern.compile(NODE + "(?:\\." + NODE + ")*");

    private Paths() {}

    /**
     * The path, if nothing in it can end it early.
     *
     * @throws IllegalArgumentException if it is no path
     */
    public static String checked(String path) {
        if (!PATH.matcher(path).matches()) {
            throw new IllegalArgumentException("'" + path
                    + "' is no path: nodes with a dot between them are possible, in back quotes if they hold more than"
                    + " letters, digits and the like");
        }
        return path;
    }

    /** One name, in back quotes: whatever is in it. */
    public static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }
}
