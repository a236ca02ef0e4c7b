package io.weir.checks;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A table in Markdown that says where the vendor's methods are in our client: their names, ours ({@code –} for none), and a
 * note, which must say why if there is none.
 */
record MappingTable(List<Row> rows) {

    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final String NONE = "–";

    record Row(Set<String> theirs, Set<String> ours, String note) {}

    /** The table between {@code <!-- table: name -->} and the end mark that follows. */
    static MappingTable of(String markdown, String name) {
        String begin = "<!-- table: " + name + " -->";
        int from = markdown.indexOf(begin);
        int to = markdown.indexOf("<!-- end: table -->", from);
        if (from < 0 || to < 0) {
            throw new IllegalArgumentException("There is no table '" + name + "'");
        }
        return new MappingTable(markdown.substring(from + begin.length(), to)
                .lines()
                .filter(line -> line.startsWith("| `"))
                .map(MappingTable::row)
                .toList());
    }

    private static Row row(String line) {
        String[] cells = line.split("\\|", -1);
        if (cells.length != 5) {
            throw new IllegalArgumentException("Not a row of three cells: " + line);
        }
        Set<String> ours = codes(cells[2]);
        if (ours.isEmpty() != cells[2].strip().equals(NONE)) {
            throw new IllegalArgumentException("Neither names of ours nor '" + NONE + "': " + line);
        }
        return new Row(codes(cells[1]), ours, cells[3].strip());
    }

    private static Set<String> codes(String cell) {
        Set<String> found = new TreeSet<>();
        Project.find(CODE, cell).forEach(code -> found.add(code.group(1)));
        return found;
    }

    /** All that is named of the vendor's. */
    Set<String> theirs() {
        Set<String> named = new TreeSet<>();
        rows.forEach(row -> named.addAll(row.theirs));
        return named;
    }

    /** What is wrong with the vendor's side. */
    List<String> complaintsAboutTheirs(Set<String> vendors) {
        List<String> complaints = new ArrayList<>();
        Set<String> named = new TreeSet<>();
        for (Row row : rows) {
            for (String method : row.theirs) {
                if (!named.add(method)) {
                    complaints.add(method + " stands in two rows");
                }
                if (!vendors.contains(method)) {
                    complaints.add(method + " is not the vendor's");
                }
            }
        }
        vendors.stream()
                .filter(method -> !named.contains(method))
                .forEach(method -> complaints.add(method + " of the vendor's is in no row"));
        return complaints;
    }

    /** What is wrong with our side. */
    List<String> complaintsAboutOurs(OurNames names) {
        List<String> complaints = new ArrayList<>();
        for (Row row : rows) {
            if (row.ours.isEmpty() && row.note.isEmpty()) {
                complaints.add(row.theirs + ": nothing of ours, and no reason");
            }
            for (String name : row.ours) {
                if (!names.exist().contains(name)) {
                    complaints.add(name + ", named beside " + row.theirs + ", does not exist");
                } else if (!names.proven().contains(name)) {
                    complaints.add(name + ", named beside " + row.theirs + ", is called by no test that counts");
                }
            }
        }
        return complaints;
    }
}
