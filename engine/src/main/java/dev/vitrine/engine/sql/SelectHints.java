package dev.vitrine.engine.sql;

import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.logical.LogicalPlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.Interval;

/// Hints behind SELECT, `/*+ REPARTITION(8, k) */`. Those about partitions spread the rows anew;
/// those about joins are left to the planner, and so are unknown ones, as in Spark.
final class SelectHints {
    private static final Pattern COMMENT =
            Pattern.compile("\\G\\s*/\\*\\+(.*?)\\*/", Pattern.DOTALL);
    private static final Pattern HINT =
            Pattern.compile("([A-Za-z_]+)\\s*(?:\\(([^()]*)\\))?", Pattern.DOTALL);

    private SelectHints() {}

    /// @param select the token SELECT
    /// @param next the token behind it
    static LogicalPlan apply(Token select, Token next, LogicalPlan plan) {
        int from = select.getStopIndex() + 1;
        if (next.getStartIndex() - from < "/*+*/".length()) {
            return plan;
        }
        String between =
                select.getInputStream().getText(Interval.of(from, next.getStartIndex() - 1));
        Matcher comment = COMMENT.matcher(between);
        LogicalPlan hinted = plan;
        while (comment.find()) {
            Matcher hint = HINT.matcher(comment.group(1));
            while (hint.find()) {
                String arguments = hint.group(2) == null ? "" : hint.group(2);
                hinted = hinted(hint.group(1).toUpperCase(Locale.ROOT), arguments, hinted);
            }
        }
        return hinted;
    }

    private static LogicalPlan hinted(String name, String arguments, LogicalPlan plan) {
        return switch (name) {
            case "REPARTITION", "COALESCE", "REPARTITION_BY_RANGE", "REBALANCE" ->
                    spread(arguments, plan);
            default -> plan;
        };
    }

    private static LogicalPlan spread(String arguments, LogicalPlan plan) {
        int partitions = 0;
        List<Expr> keys = new ArrayList<>();
        for (String argument : arguments.split(",")) {
            String word = argument.strip();
            if (word.matches("\\d{1,6}")) {
                partitions = Integer.parseInt(word);
            } else if (!word.isEmpty()) {
                List<String> parts =
                        Arrays.stream(word.split("\\."))
                                .map(part -> part.replace("`", "").strip())
                                .toList();
                keys.add(new Expr.UnresolvedAttribute(parts, null));
            }
        }
        return new LogicalPlan.Repartition(plan, keys, partitions);
    }
}
