package dev.vitrine.app.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// The texts of TPC-DS's queries in Spark's words, read from the jar of tests that Spark publishes:
/// 99, of which four come in two variants.
final class TpcdsQueries {
    private static final Pattern FILE = Pattern.compile("tpcds/(q(\\d+)[ab]?)\\.sql");
    private static final Pattern LAST_LIMIT = Pattern.compile("(?i)\\s+LIMIT\\s+\\d+\\s*$");
    private static final Pattern WHOLE_QUOTIENT =
            Pattern.compile("(?i)cast\\((\\([^()]+ / [^()]+\\)) AS INT\\)");

    private static final Pattern RESERVED_ALIAS = Pattern.compile("(?i)\\) (at),");

    private static final Pattern CONCAT = Pattern.compile("(?i)concat\\(([^()]*)\\)");

    /// Between arguments, not in a text.
    private static final Pattern COMMA = Pattern.compile(",\\s*(?=([^']*'[^']*')*[^']*$)");

    private TpcdsQueries() {}

    /// The texts by name, `q1` to `q99`, in that order.
    ///
    /// @throws BenchException if the jar holds none
    static Map<String, String> read(Path jar) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            List<? extends ZipEntry> entries =
                    zip.stream()
                            .filter(entry -> FILE.matcher(entry.getName()).matches())
                            .sorted(
                                    Comparator.<ZipEntry>comparingInt(
                                                    entry -> Integer.parseInt(part(entry, 2)))
                                            .thenComparing(ZipEntry::getName))
                            .toList();
            if (entries.isEmpty()) {
                throw new BenchException("There are no queries of TPC-DS in " + jar);
            }
            Map<String, String> texts = new LinkedHashMap<>();
            for (ZipEntry entry : entries) {
                byte[] text = zip.getInputStream(entry).readAllBytes();
                texts.put(part(entry, 1), new String(text, StandardCharsets.UTF_8).strip());
            }
            return texts;
        }
    }

    private static String part(ZipEntry entry, int group) {
        Matcher name = FILE.matcher(entry.getName());
        if (!name.matches()) {
            throw new IllegalArgumentException(entry.getName());
        }
        return name.group(group);
    }

    /// The same question in DuckDB's words:
    ///
    /// - names are in double quotes, also the alias that is a word of its grammar;
    /// - a fraction that becomes a whole number loses its digits instead of being rounded;
    /// - a text with NULL is NULL, which is what `||` makes of it and `concat` does not.
    static String duckDb(String sql) {
        String quoted = RESERVED_ALIAS.matcher(sql.replace('`', '"')).replaceAll(") \"$1\",");
        String truncated = WHOLE_QUOTIENT.matcher(quoted).replaceAll("cast(trunc($1) AS INT)");
        return CONCAT.matcher(truncated)
                .replaceAll(call -> "(" + COMMA.matcher(call.group(1)).replaceAll(" || ") + ")");
    }

    /// The same without the limit at its end, which leaves open which of equal rows it keeps.
    static String unlimited(String sql) {
        return LAST_LIMIT.matcher(sql).replaceFirst("");
    }

    /// The same with all of its columns as the last keys of its order, so that rows and their order
    /// are the same everywhere.
    ///
    /// @param columns how many the result has
    static String totallyOrdered(String sql, int columns) {
        String question = unlimited(sql);
        StringBuilder ordered = new StringBuilder(question);
        String separator = isOrdered(question) ? ", " : "\nORDER BY ";
        for (int column = 1; column <= columns; column++) {
            ordered.append(separator).append(column);
            separator = ", ";
        }
        return ordered.append(sql.substring(question.length())).toString();
    }

    /// Whether the text ends in an order of the whole, not of something in parentheses.
    private static boolean isOrdered(String sql) {
        int last = sql.toUpperCase(Locale.ROOT).lastIndexOf("ORDER BY");
        int depth = 0;
        for (int i = Math.max(last, 0); i < sql.length(); i++) {
            depth += sql.charAt(i) == '(' ? 1 : sql.charAt(i) == ')' ? -1 : 0;
            if (depth < 0) {
                return false;
            }
        }
        return last >= 0;
    }
}
