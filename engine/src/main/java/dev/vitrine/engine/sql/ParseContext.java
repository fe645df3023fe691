package dev.vitrine.engine.sql;

import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.settings.Settings;
import java.util.Optional;

/// What a text's meaning depends on besides the text.
///
/// @param settings some of which say how a text is read
/// @param constants gives constants their values, for `IDENTIFIER(…)`
public record ParseContext(Settings settings, Parameters parameters, Constants constants) {

    /// Values of constant expressions.
    @FunctionalInterface
    public interface Constants {
        /// The value of an unresolved expression, or empty where it is none of one row's columns.
        Optional<Expr.Literal> value(Expr written);
    }

    /// Outside a session: no parameters, and nothing but literals is constant.
    static ParseContext of(Settings settings) {
        return new ParseContext(
                settings,
                Parameters.NONE,
                written ->
                        written instanceof Expr.Literal literal
                                ? Optional.of(literal)
                                : Optional.empty());
    }

    ParseContext withSettings(Settings changed) {
        return new ParseContext(changed, parameters, constants);
    }
}
