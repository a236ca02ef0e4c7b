package io.weir.core;

import io.weir.core.InvalidOptionsException.Problem;
import io.weir.core.InvalidOptionsException.Reason;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Takes {@code iotdb://user:password@h1:6667,h2/database?option=value} apart, and the R2DBC form of it,
 * {@code r2dbc:iotdb://…}; an {@code s} at the end of the scheme means TLS.
 *
 * <p>Of our own, because {@link java.net.URI} knows neither lists of hosts nor names with an underscore, and because
 * nothing here may repeat a piece of the URL in an error: where a password is not encoded, its pieces lie where host,
 * port, path or options should be. So every refusal says what to look for, and quotes nothing but names of options.
 */
final class ConnectionUrl {

    /** These have their place in front of the question mark. */
    private static final Set<String> NOT_IN_QUERY =
            Set.of("host", "port", "user", "password", "database", "driver", "protocol");

    private final OptionSet set;
    private final Map<String, Object> values = new LinkedHashMap<>();
    private final List<Problem> problems;

    private ConnectionUrl(OptionSet set, List<Problem> problems) {
        this.set = set;
        this.problems = problems;
    }

    /** The options that a URL gives, as texts. What is wrong with the URL is added to the problems. */
    static Map<String, Object> read(String url, OptionSet set, List<Problem> problems) {
        ConnectionUrl parsed = new ConnectionUrl(set, problems);
        parsed.url(url);
        return parsed.values;
    }

    private void url(String url) {
        int schemeEnd = url.indexOf("://");
        if (schemeEnd < 0 || !scheme(url.substring(0, schemeEnd).toLowerCase(Locale.ROOT))) {
            String name = set.system();
            wrong("The URL must begin with " + name + "://, " + name + "s:// (TLS), r2dbc:" + name + ":// or r2dbcs:"
                    + name + ":// (TLS)");
            return;
        }
        String rest = url.substring(schemeEnd + 3);
        if (rest.chars().anyMatch(c -> c <= ' ' || c == 0x7f)) {
            wrong("The URL has a blank or a control character in it: write %20 for a blank");
        } else if (rest.indexOf('#') >= 0) {
            wrong("The URL has a # in it: in a user, a password or an option write %23");
        } else {
            split(rest);
        }
    }

    private boolean scheme(String scheme) {
        boolean r2dbc = scheme.startsWith("r2dbc:") || scheme.startsWith("r2dbcs:");
        String name = r2dbc ? scheme.substring(scheme.indexOf(':') + 1) : scheme;
        int colon = name.indexOf(':');
        String protocol = colon < 0 ? "" : name.substring(colon + 1);
        String system = colon < 0 ? name : name.substring(0, colon);
        boolean tls = scheme.startsWith("r2dbcs:") || (!r2dbc && system.equals(set.system() + "s"));
        if (!system.equals(tls && !r2dbc ? set.system() + "s" : set.system())) {
            return false;
        }
        if (tls) {
            values.put(CommonOptions.SSL.name(), "true");
        }
        if (set.find("protocol") != null && !protocol.isEmpty()) {
            values.put("protocol", protocol);
        } else if (!protocol.isEmpty()) {
            wrong("The URL names a protocol after " + set.system() + ":, which has only one: leave it out");
        }
        return true;
    }

    private void split(String rest) {
        int query = rest.indexOf('?') < 0 ? rest.length() : rest.indexOf('?');
        int path = rest.indexOf('/') < 0 ? query : Math.min(query, rest.indexOf('/'));
        int at = rest.indexOf('@');
        if (at > path) {
            wrong("The URL has an @ behind the hosts: in a password write %2F for /, %3F for ? and %40 for @; "
                    + "in a database or an option write %40");
        } else if (rest.indexOf('@', at + 1) >= 0) {
            wrong("The URL has more than one @: in a user or a password write %40");
        } else {
            userAndPassword(rest.substring(0, Math.max(at, 0)));
            put(CommonOptions.HOST.name(), rest.substring(at + 1, path));
            put(CommonOptions.DATABASE.name(), decoded("database", rest.substring(path, query), "/"));
            query(rest.substring(Math.min(query + 1, rest.length())));
        }
    }

    private void userAndPassword(String text) {
        int colon = text.indexOf(':') < 0 ? text.length() : text.indexOf(':');
        put(CommonOptions.USER.name(), decoded("user", text.substring(0, colon), ""));
        put(CommonOptions.PASSWORD.name(), decoded("password", text.substring(colon), ":"));
    }

    private void query(String text) {
        Set<String> seen = new HashSet<>();
        String before = "";
        for (String part : text.split("&", -1)) {
            if (part.isEmpty()) {
                continue;
            }
            int equals = part.indexOf('=');
            String name = equals < 0 ? "" : decoded("name of an option", part.substring(0, equals), "");
            OptionKey<?> key = set.find(name);
            OptionKey<?> last = set.find(before);
            if (key == null && last != null && last.isSecret()) {
                wrong("What follows the value of '" + before + "' in the URL is no option: in a value write %26 for &");
            } else if (equals < 0) {
                wrong("The URL has something without = among its options: each is name=value, and & in a value is %26");
            } else if (NOT_IN_QUERY.contains(name)) {
                wrong("Option '" + name + "' has its place in front of the ? of the URL");
            } else if (!seen.add(name)) {
                wrong("An option occurs twice in the URL: " + (key == null ? "give each once" : "'" + name + "'"));
            } else {
                option(name, decoded("value of an option", part.substring(equals + 1), ""));
            }
            before = key == null ? before : name;
        }
    }

    private void option(String name, String value) {
        boolean contradicts = name.equals(CommonOptions.SSL.name()) && value.equalsIgnoreCase("false");
        if (contradicts && values.containsKey(name)) {
            wrong("The URL begins with a scheme for TLS and says ssl=false: give one of them");
        } else {
            values.put(name, value);
        }
    }

    /** Empty parts are absent: {@code iotdb://h/} names no database, {@code user:@h} no password. */
    private void put(String name, String value) {
        if (!value.isEmpty()) {
            values.put(name, value);
        }
    }

    private String decoded(String what, String text, String prefix) {
        String decoded = PercentCoding.decode(text.startsWith(prefix) ? text.substring(prefix.length()) : text);
        if (decoded == null) {
            wrong("The " + what
                    + " in the URL has a % that no two hex digits follow, or that is no UTF-8: write %25 for %");
            return "";
        }
        return decoded;
    }

    private void wrong(String text) {
        problems.add(new Problem(Reason.URL, "", text));
    }
}
