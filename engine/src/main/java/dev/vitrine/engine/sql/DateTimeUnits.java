package dev.vitrine.engine.sql;

import dev.vitrine.engine.expr.Expr;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Units of time that stand bare as a call's first argument: `timestampadd(HOUR, 1, t)`.
final class DateTimeUnits {
    private static final Set<String> FUNCTIONS =
            Set.of(
                    "dateadd",
                    "date_add",
                    "timestampadd",
                    "datediff",
                    "date_diff",
                    "timediff",
                    "timestampdiff");

    private DateTimeUnits() {}

    /// The arguments of a call, with a unit made a [Expr.NamedArgument] called `unit`, so that it
    /// differs from a string.
    static List<Expr> named(String function, List<Expr> args) {
        if (args.size() != 3 || !FUNCTIONS.contains(function)) {
            return args;
        }
        if (!(args.getFirst() instanceof Expr.UnresolvedAttribute(var parts, var where))
                || parts.size() != 1) {
            return args;
        }
        List<Expr> changed = new ArrayList<>(args);
        changed.set(
                0,
                new Expr.NamedArgument(
                        "unit", Expr.Literal.of(parts.getFirst().toUpperCase(Locale.ROOT))));
        return changed;
    }
}
