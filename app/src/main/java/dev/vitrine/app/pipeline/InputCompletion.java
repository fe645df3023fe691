package dev.vitrine.app.pipeline;

import dev.vitrine.app.sql.SqlCompletion;
import dev.vitrine.app.sql.SqlLanguage;
import dev.vitrine.app.sql.SqlLanguage.Candidate;
import dev.vitrine.engine.sql.SqlText;
import dev.vitrine.engine.types.Schema;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Completion in a node's form: the SQL editor's, of a statement in which the node's inputs are
/// tables called `input1`, `input2` …
///
/// @param inputs what is known of their columns
/// @param expression whether the text is an expression over all inputs; else it is a query
record InputCompletion(SqlLanguage language, List<Schema> inputs, boolean expression)
        implements SqlCompletion.Source {
    InputCompletion {
        inputs = List.copyOf(inputs);
    }

    @Override
    public List<Candidate> complete(String text, int caret) {
        String tables = tables();
        String before = "";
        String after = "";
        int skipped = 0;
        if (expression) {
            before = (tables.isEmpty() ? "" : "WITH " + tables) + " SELECT ";
            after = tables.isEmpty() ? "" : " FROM " + names();
        } else if (!tables.isEmpty()) {
            // A query's own common tables come after ours.
            String query = text.stripLeading();
            boolean with = query.toUpperCase(Locale.ROOT).matches("(?s)WITH\\s.*");
            skipped = with ? text.length() - query.length() + "WITH".length() : 0;
            before = "WITH " + tables + (with ? "," : " ");
        }
        if (caret < skipped) {
            return List.of();
        }
        int shift = before.length() - skipped;
        return language.complete(before + text.substring(skipped) + after, caret + shift).stream()
                .filter(candidate -> candidate.start() >= Math.max(0, shift))
                .map(candidate ->
                        new Candidate(
                                candidate.label(),
                                candidate.insert(),
                                candidate.start() - shift,
                                candidate.kind(),
                                candidate.detail(),
                                candidate.doc()))
                .toList();
    }

    private String names() {
        StringBuilder names = new StringBuilder();
        for (int i = 1; i <= inputs.size(); i++) {
            names.append(i == 1 ? "" : ", ").append("input").append(i);
        }
        return names.toString();
    }

    /// Inputs whose columns are not known yet have none.
    private String tables() {
        StringBuilder tables = new StringBuilder();
        for (int i = 0; i < inputs.size(); i++) {
            if (inputs.get(i).size() == 0) {
                return "";
            }
            tables.append(i == 0 ? "" : ", ")
                    .append("input")
                    .append(i + 1)
                    .append(" AS (SELECT ")
                    .append(
                            inputs.get(i).fields().stream()
                                    .map(field ->
                                            "CAST(NULL AS "
                                                    + field.type().sql()
                                                    + ") AS "
                                                    + SqlText.quoted(field.name()))
                                    .collect(Collectors.joining(", ")))
                    .append(")");
        }
        return tables.toString();
    }
}
