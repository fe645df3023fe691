package dev.vitrine.app.slt;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// Statements that nobody would write, made of those that somebody did; the same for the same seed.
final class Mutations {
    private static final Pattern TOKEN =
            Pattern.compile(
                    "\\s+|'(?:[^'\\\\]|\\\\.|'')*'|`[^`]*`|\"[^\"]*\"|\\w+|[<>=!|]+|.",
                    Pattern.DOTALL);

    private static final List<String> ODD =
            List.of(
                    "'",
                    "\"",
                    "`",
                    "\\",
                    "\u0000",
                    "\ud800",
                    "\ud83d\ude00",
                    "\u00a0",
                    "\ufeff",
                    ";",
                    "--",
                    "/*",
                    "*/",
                    "$",
                    "#",
                    "@",
                    "?",
                    ":x",
                    "::",
                    "=>",
                    "->",
                    "|>",
                    "<=>",
                    "0x",
                    "1e",
                    "1e999",
                    "1e-999",
                    "9".repeat(60),
                    "X'",
                    "r'",
                    "INTERVAL",
                    "1.",
                    ".1",
                    "1Y",
                    "999Y",
                    "1BD",
                    "{",
                    "}",
                    "[",
                    "]",
                    "${x}",
                    "IDENTIFIER(",
                    "\u0663",
                    "e\u0301");

    private final Random random;
    private final List<List<String>> statements;

    /// @param statements what mutations are made of
    Mutations(List<String> statements, long seed) {
        this.random = new Random(seed);
        this.statements = statements.stream().map(Mutations::tokens).toList();
    }

    private static List<String> tokens(String sql) {
        return TOKEN.matcher(sql).results().map(MatchResult::group).toList();
    }

    /// A statement changed in one to four places.
    String mutated(String sql) {
        List<String> tokens = new ArrayList<>(tokens(sql));
        for (int i = 1 + random.nextInt(4); i > 0 && !tokens.isEmpty(); i--) {
            mutate(tokens);
        }
        String text = String.join("", tokens);
        return random.nextInt(12) == 0
                ? text.substring(0, random.nextInt(text.length() + 1))
                : text;
    }

    private void mutate(List<String> tokens) {
        int at = random.nextInt(tokens.size());
        switch (random.nextInt(10)) {
            case 0, 1 -> tokens.remove(at);
            case 2 -> tokens.add(at, tokens.get(at));
            case 3 -> {
                int other = random.nextInt(tokens.size());
                String token = tokens.get(at);
                tokens.set(at, tokens.get(other));
                tokens.set(other, token);
            }
            case 4, 5 -> tokens.set(at, token());
            case 6 -> tokens.add(at, " " + token() + " ");
            case 7 -> tokens.add(at, ODD.get(random.nextInt(ODD.size())));
            case 8 -> {
                List<String> other = pick();
                int from = random.nextInt(other.size());
                tokens.subList(at, tokens.size()).clear();
                tokens.addAll(other.subList(from, other.size()));
            }
            default -> {
                List<String> other = pick();
                int from = random.nextInt(other.size());
                int to = from + random.nextInt(Math.min(20, other.size() - from) + 1);
                tokens.addAll(at, other.subList(from, to));
            }
        }
    }

    private List<String> pick() {
        return statements.get(random.nextInt(statements.size()));
    }

    private String token() {
        List<String> statement = pick();
        return statement.get(random.nextInt(statement.size()));
    }

    /// Statements of a depth and length that no one thinks of.
    static List<String> large(int size) {
        String ones =
                String.join(", ", IntStream.range(0, size).mapToObj(String::valueOf).toList());
        List<String> all = new ArrayList<>();
        for (List<String> around :
                List.of(
                        List.of("(", "1", ")"),
                        List.of("NOT ", "true", ""),
                        List.of("- ", "1", ""),
                        List.of("~", "1", ""),
                        List.of("abs(", "1", ")"),
                        List.of("array(", "1", ")"),
                        List.of("struct(", "1", ")"),
                        List.of("map(1, ", "1", ")"),
                        List.of("CASE WHEN true THEN ", "1", " END"),
                        List.of("CAST(", "1", " AS INT)"),
                        List.of("(SELECT ", "1", ")"),
                        List.of("coalesce(NULL, ", "1", ")"),
                        List.of("1 + (", "1", ")"),
                        List.of("1 IN (", "1", ")"),
                        List.of("exists(array(1), x -> ", "true", ")"))) {
            all.add(
                    "SELECT "
                            + around.getFirst().repeat(size)
                            + around.get(1)
                            + around.get(2).repeat(size));
        }
        all.add("SELECT * FROM " + "(".repeat(size) + "SELECT 1" + ")".repeat(size));
        all.add(
                "SELECT * FROM "
                        + "(SELECT * FROM ".repeat(size)
                        + "VALUES (1)"
                        + ")".repeat(size));
        all.add("SELECT CAST(NULL AS " + "ARRAY<".repeat(size) + "INT" + ">".repeat(size) + ")");
        all.add("SELECT " + ones);
        all.add("SELECT 1 IN (" + ones + ")");
        all.add("SELECT array(" + ones + ")");
        all.add("SELECT greatest(0, " + ones + ")");
        all.add("SELECT 1" + " + 1".repeat(size));
        all.add("SELECT ''" + " || 'a'".repeat(size));
        all.add("SELECT true" + " AND true".repeat(size) + " OR false".repeat(size));
        all.add("SELECT 1" + " UNION ALL SELECT 1".repeat(size));
        all.add("SELECT * FROM VALUES " + "(1), ".repeat(size) + "(1)");
        all.add("SELECT array(1)" + "[0]".repeat(size));
        all.add("SELECT a" + ".b".repeat(size));
        all.add("SELECT 1 AS " + "a".repeat(size));
        all.add("SELECT '" + "a".repeat(size) + "'");
        all.add("SELECT " + "9".repeat(size));
        all.add("SELECT 1e" + "9".repeat(size));
        all.add("SELECT INTERVAL " + "1 DAY ".repeat(size));
        all.add("SELECT 1 -- " + "c".repeat(size) + "\n" + "/*".repeat(size));
        all.add("WITH " + "a AS (".repeat(size));
        all.add("FROM VALUES (1) AS t(a)" + " |> WHERE a = 1".repeat(Math.min(size, 500)));
        return all;
    }
}
