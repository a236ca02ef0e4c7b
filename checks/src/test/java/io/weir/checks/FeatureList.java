package io.weir.checks;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A page of promises in Markdown: each bullet names in code spans the tests that prove it, as
 * {@code `SomethingTest#whatItDoes`}.
 */
record FeatureList(List<Bullet> bullets) {

    private static final Pattern TEST = Pattern.compile("`([A-Z][\\w.]*)#(\\w+)`");
    private static final Pattern START = Pattern.compile("\\s*[-*] .*");

    /** One promise, with the number of its first line. */
    record Bullet(int line, String text) {
        List<String> tests() {
            return Project.find(TEST, text)
                    .map(found -> found.group(1) + "#" + found.group(2))
                    .toList();
        }
    }

    static FeatureList parse(String markdown) {
        List<Bullet> bullets = new ArrayList<>();
        List<String> lines = markdown.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (START.matcher(lines.get(i)).matches()) {
                int first = i;
                StringBuilder text = new StringBuilder(lines.get(i));
                while (i + 1 < lines.size() && continues(lines.get(i + 1))) {
                    text.append(' ').append(lines.get(++i).strip());
                }
                bullets.add(new Bullet(first + 1, text.toString().strip()));
            }
        }
        return new FeatureList(bullets);
    }

    private static boolean continues(String line) {
        return !line.isBlank() && !line.startsWith("#") && !START.matcher(line).matches();
    }
}
