package io.weir.iotdb.protocol;

import java.util.regex.Pattern;

/** Statements as they may be shown: with the passwords of users left out. */
public final class SecretSql {

    /** Statements that carry a password: {@code CREATE USER u 'p'}, {@code ALTER USER u SET PASSWORD 'p'}. */
    private static final Pattern ABOUT_USERS = Pattern.compile("\\b(?:USER|PASSWORD)\\b", Pattern.CASE_INSENSITIVE);

    private static final Pattern TEXT = Pattern.compile("'(?:[^']|'')*'?|\"(?:[^\"]|\"\")*\"?");

    private SecretSql() {}

    /** Whether a statement deals with users or passwords and has quoted texts. */
    public static boolean isSecret(String sql) {
        return ABOUT_USERS.matcher(sql).find() && TEXT.matcher(sql).find();
    }

    /** The statement; if it deals with users or passwords, then without its quoted texts. */
    public static String mask(String sql) {
        return ABOUT_USERS.matcher(sql).find() ? TEXT.matcher(sql).replaceAll("'***'") : sql;
    }
}
