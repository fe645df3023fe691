package dev.vitrine.engine.function;

import dev.vitrine.engine.expr.Expr;
import java.util.List;
import java.util.Optional;

/// A function as users see it, and how a call of it becomes an expression.
///
/// @param name lower-case name as Spark has it; for operators the symbol
/// @param aliases other names for the same
/// @param group heading in documentation: `math`, `string`, `date`, `conditional`, `collection`,
///   `hash`, `aggregate`
/// @param signature `substring(str, pos[, len])`
/// @param doc one sentence
/// @param example a call with constants, or empty
/// @param parameters names of the arguments, for functions that may be called with them; else empty
/// @param result the example's value as text, or empty where it varies
public record FunctionEntry(
        String name,
        List<String> aliases,
        FunctionKind kind,
        String group,
        String signature,
        String doc,
        String example,
        String result,
        List<Parameter> parameters,
        Resolver resolver) {
    public FunctionEntry {
        aliases = List.copyOf(aliases);
        parameters = List.copyOf(parameters);
    }

    /// A function whose arguments have no names.
    FunctionEntry(
            String name,
            List<String> aliases,
            FunctionKind kind,
            String group,
            String signature,
            String doc,
            String example,
            String result,
            Resolver resolver) {
        this(name, aliases, kind, group, signature, doc, example, result, List.of(), resolver);
    }

    /// @param fallback what stands for the parameter where a call leaves it out
    public record Parameter(String name, Optional<Expr> fallback) {}

    /// This function, whose arguments may be written `name => value`.
    FunctionEntry withParameters(Parameter... named) {
        return new FunctionEntry(
                name,
                aliases,
                kind,
                group,
                signature,
                doc,
                example,
                result,
                List.of(named),
                resolver);
    }

    /// Makes the expression for a call whose arguments are resolved.
    @FunctionalInterface
    public interface Resolver {
        Expr resolve(FunctionCall call);
    }

    /// This function, with calls of `arguments` arguments resolved in another way.
    FunctionEntry orElse(int arguments, Resolver other) {
        return new FunctionEntry(
                name,
                aliases,
                kind,
                group,
                signature,
                doc,
                example,
                result,
                parameters,
                call -> call.size() == arguments ? other.resolve(call) : resolver.resolve(call));
    }

    FunctionEntry alsoNamed(String... others) {
        return new FunctionEntry(
                name,
                List.of(others),
                kind,
                group,
                signature,
                doc,
                example,
                result,
                parameters,
                resolver);
    }
}
