package dev.vitrine.app.cli;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.function.FunctionEntry;
import dev.vitrine.engine.function.FunctionRegistry;
import dev.vitrine.engine.sql.SqlParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `vitrine compatibility`: what of Spark's SQL and Java API there is, found by asking the parser,
/// the registry of functions and the API's classes.
@Command(
        name = "compatibility",
        description = "Lists what of Spark's SQL and Java API is there and what is missing.",
        mixinStandardHelpOptions = true)
final class CompatibilityCommand implements Callable<Integer> {
    private static final String BEGIN = "<!-- generated -->\n";
    private static final String END = "<!-- /generated -->";
    private static final String TYPE = "TYPE ";

    @Option(
            names = "--page",
            paramLabel = "FILE",
            description = "Write it between the marks of this page instead of printing it.")
    private @Nullable Path page;

    @Override
    public Integer call() throws IOException {
        String text = syntax() + ApiMethods.sections() + functions();
        if (page == null) {
            System.out.print(text);
            return 0;
        }
        String old = Files.readString(page);
        int from = old.indexOf(BEGIN);
        int to = old.indexOf(END);
        if (from < 0 || to < from) {
            throw new UserInputException(
                    page + " has no place for the lists: put " + BEGIN.strip() + " and " + END);
        }
        Files.writeString(page, old.substring(0, from + BEGIN.length()) + text + old.substring(to));
        return 0;
    }

    /// A table a section, a line a form.
    static String syntax() throws IOException {
        Map<String, List<String>> sections = new LinkedHashMap<>();
        for (String line : lines("spark-syntax.txt")) {
            String[] parts = line.split("\t");
            String example = parts[2];
            sections.computeIfAbsent(parts[0], section -> new ArrayList<>())
                    .add(
                            "| %s | %s | `%s` |\n"
                                    .formatted(
                                            parts[1],
                                            isTaken(example) ? "yes" : "**missing**",
                                            example.replace(TYPE, "").replace("|", "\\|")));
        }
        StringBuilder text = new StringBuilder();
        sections.forEach((section, rows) -> {
            text.append("## ")
                    .append(section)
                    .append("\n\n| form | taken | example |\n|---|---|---|\n");
            rows.forEach(text::append);
            text.append('\n');
        });
        return text.toString();
    }

    private static boolean isTaken(String example) {
        Consumer<String> parser =
                example.startsWith(TYPE)
                        ? type -> SqlParser.parseType(type.substring(TYPE.length()))
                        : SqlParser::parse;
        try {
            parser.accept(example);
            return true;
        } catch (EngineException e) {
            // A parameter was understood where only its value is missing.
            return e.code() == ErrorCode.UNBOUND_SQL_PARAMETER;
        }
    }

    private static String functions() throws IOException {
        FunctionRegistry registry = FunctionRegistry.builtin();
        List<String> sparks = lines("spark-functions.txt");
        List<String> missing =
                sparks.stream().filter(name -> registry.find(name).isEmpty()).toList();
        StringBuilder text = new StringBuilder("## Functions\n\n");
        text.append(
                "Of the %d functions of Spark 4.2 whose names are words, %d are here.\n\n"
                        .formatted(sparks.size(), sparks.size() - missing.size()));
        text.append("Missing: ").append(names(missing)).append(".\n\n");
        text.append("| function | kind | what it does |\n|---|---|---|\n");
        for (FunctionEntry entry : registry.entries()) {
            text.append(
                    "| `%s` | %s | %s |\n"
                            .formatted(
                                    entry.signature().replace("|", "\\|"),
                                    entry.kind().name().toLowerCase(java.util.Locale.ROOT),
                                    entry.doc().replace("|", "\\|").replace("\n", " ")));
        }
        return text.toString();
    }

    static String names(List<String> names) {
        return names.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
    }

    static List<String> lines(String resource) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(
                        CompatibilityCommand.class.getResourceAsStream(resource), resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        }
    }
}
