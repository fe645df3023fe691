package dev.vitrine.engine.sql;

import dev.vitrine.engine.expr.Expr;
import java.util.List;
import java.util.Map;

/// What a statement's parameters stand for: constants, resolved or not.
///
/// @param named for `:name`
/// @param positional for each `?` in the order of the text
public record Parameters(Map<String, Expr> named, List<Expr> positional) {
    /// For a statement without parameters.
    public static final Parameters NONE = new Parameters(Map.of(), List.of());

    public Parameters {
        named = Map.copyOf(named);
        positional = List.copyOf(positional);
    }
}
