package io.weir.checks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The links of a Markdown page that lead into the tree. */
final class Links {

    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern ELSEWHERE = Pattern.compile("[a-z]+:.*");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.+)$");
    private static final Pattern CODE_BLOCK = Pattern.compile("(?ms)^```.*?^```");

    private Links() {}

    /** The targets that are not there: no such file, or no such heading in it. */
    static List<String> brokenIn(Path page) {
        String prose = CODE_BLOCK.matcher(Project.read(page)).replaceAll("");
        return Project.find(LINK, prose)
                .map(found -> found.group(1))
                .filter(target -> !ELSEWHERE.matcher(target).matches())
                .filter(target -> !leadsSomewhere(page, target))
                .toList();
    }

    private static boolean leadsSomewhere(Path page, String target) {
        int hash = target.indexOf('#');
        String file = hash < 0 ? target : target.substring(0, hash);
        Path there = file.isEmpty() ? page : page.resolveSibling(file);
        return Files.exists(there) && (hash < 0 || anchors(there).contains(target.substring(hash + 1)));
    }

    private static List<String> anchors(Path page) {
        return Project.find(HEADING, Project.read(page))
                .map(found -> anchor(found.group(1)))
                .toList();
    }

    /** As the usual hosts make it: lower case, without punctuation, blanks as hyphens. */
    private static String anchor(String heading) {
        return heading.strip()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
    }
}
