package dev.vitrine.engine.function;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.error.SourceRange;
import dev.vitrine.engine.expr.CallSite;
import dev.vitrine.engine.expr.EvalMode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.ScalarFunction;
import dev.vitrine.engine.types.Collation;
import dev.vitrine.engine.types.DataType;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Which collation texts have that meet one another: COLLATE counts before what columns have, and
/// that before the collation of constants.
public final class Collations {
    /// The function that COLLATE stands for.
    public static final String COLLATE = "collate";

    private static final String SCHEMA = "SYSTEM.BUILTIN.";

    /// COLLATE itself, which only says something of its argument.
    private static final ScalarFunction COLLATING =
            new ScalarFunction() {
                @Override
                public String name() {
                    return COLLATE;
                }

                @Override
                public @Nullable Object evaluate(@Nullable Object[] args, CallSite site) {
                    return args[0];
                }
            };

    private Collations() {}

    static List<FunctionEntry> entries() {
        return List.of(
                new FunctionEntry(
                        COLLATE,
                        List.of(),
                        FunctionKind.SCALAR,
                        "string",
                        "collate(str, collation)",
                        "str with a collation, which all that compares it goes by.",
                        "collate('a', 'UTF8_LCASE') = 'A'",
                        "true",
                        Collations::collate),
                new FunctionEntry(
                        "collation",
                        List.of(),
                        FunctionKind.SCALAR,
                        "string",
                        "collation(str)",
                        "The name of str's collation.",
                        "collation('a' COLLATE UNICODE_CI)",
                        "SYSTEM.BUILTIN.UNICODE_CI",
                        Collations::name));
    }

    /// How firmly a text has its collation.
    private enum Strength {
        CONSTANT,
        COLUMN,
        EXPLICIT
    }

    /// @throws EngineException COLLATION_INVALID_NAME
    public static Collation named(String written, @Nullable SourceRange where) {
        String name = written;
        if (name.toUpperCase(Locale.ROOT).startsWith(SCHEMA)) {
            name = name.substring(SCHEMA.length());
        }
        return Collation.of(name)
                .orElseThrow(() ->
                        new EngineException(
                                ErrorCode.COLLATION_INVALID_NAME,
                                Map.of(
                                        "collationName",
                                        written,
                                        "proposals",
                                        String.join(", ", Collation.like(written))),
                                where));
    }

    private static Expr collate(FunctionCall call) {
        call.arity(2, 2);
        if (!call.type(0).isText() && call.type(0) != DataType.NULL) {
            throw call.unexpected(0, "STRING");
        }
        Expr name = call.constant(call.as(1, ArgType.STRING), "collationName");
        Object value = ExprEvaluator.constant(name, call.zone());
        if (!(value instanceof String text)) {
            throw new EngineException(
                    ErrorCode.DATATYPE_MISMATCH__UNEXPECTED_NULL,
                    Map.of("sqlExpr", call.sql(), "exprName", "`collationName`"),
                    call.where());
        }
        Collation collation = named(text, call.where());
        Expr input = CommonTypes.cast(call.arg(0), DataType.STRING, call.mode());
        return collated(input, DataType.text(collation));
    }

    /// `input` with a collation that was written out.
    static Expr collated(Expr input, DataType type) {
        return new Expr.Call(COLLATING, List.of(input), type, EvalMode.ANSI);
    }

    /// Whether `expr` is a COLLATE, whose value is its argument.
    public static boolean isCollate(Expr expr) {
        return expr instanceof Expr.Call call && call.function() == COLLATING;
    }

    private static Expr name(FunctionCall call) {
        call.arity(1, 1);
        Expr text = call.as(0, ArgType.STRING);
        return Expr.Literal.of(SCHEMA + text.type().collation().name());
    }

    /// `text` without its collation.
    public static Expr plain(Expr text) {
        return text.type().hasCollation()
                ? CommonTypes.cast(text, text.type().withoutCollations(), EvalMode.ANSI)
                : text;
    }

    /// The type of text in which `texts` meet.
    ///
    /// @throws EngineException COLLATION_MISMATCH
    public static DataType common(List<Expr> texts) {
        if (texts.stream().allMatch(text -> text.type() == DataType.STRING)) {
            return DataType.STRING;
        }
        Strength strongest = Strength.CONSTANT;
        for (Expr text : texts) {
            Strength strength = strength(text);
            strongest = strength.compareTo(strongest) > 0 ? strength : strongest;
        }
        Strength counts = strongest;
        List<DataType> types =
                texts.stream()
                        .filter(text -> strength(text) == counts)
                        .map(Expr::type)
                        .distinct()
                        .toList();
        if (types.size() > 1 && counts == Strength.EXPLICIT) {
            throw mismatch(ErrorCode.COLLATION_MISMATCH__EXPLICIT, "explicitTypes", types);
        }
        if (types.size() > 1) {
            throw mismatch(ErrorCode.COLLATION_MISMATCH__IMPLICIT, "implicitTypes", types);
        }
        return types.getFirst();
    }

    /// The type in which two texts meet of which no more is known.
    static DataType common(DataType a, DataType b) {
        if (a == DataType.STRING || a.equals(b)) {
            return b;
        }
        if (b == DataType.STRING) {
            return a;
        }
        throw mismatch(ErrorCode.COLLATION_MISMATCH__IMPLICIT, "implicitTypes", List.of(a, b));
    }

    private static EngineException mismatch(ErrorCode code, String argument, List<DataType> types) {
        return new EngineException(
                code,
                Map.of(
                        argument,
                        types.stream()
                                .map(type -> "\"" + type.sql() + "\"")
                                .collect(Collectors.joining(", "))));
    }

    static boolean explicit(List<Expr> texts) {
        return texts.stream().anyMatch(text -> strength(text) == Strength.EXPLICIT);
    }

    private static Strength strength(Expr text) {
        return switch (text) {
            case Expr.Literal l ->
                    l.type() == DataType.STRING ? Strength.CONSTANT : Strength.COLUMN;
            case Expr.Cast cast ->
                    cast.type() == DataType.STRING && !cast.input().type().isText()
                            ? Strength.CONSTANT
                            : Strength.COLUMN;
            case Expr.Alias alias -> strength(alias.input());
            case Expr.Attribute a -> Strength.COLUMN;
            case Expr.OuterReference o -> Strength.COLUMN;
            case Expr.GetField g -> Strength.COLUMN;
            case Expr.LambdaVariable v -> Strength.COLUMN;
            case Expr.Subquery s -> Strength.COLUMN;
            case Expr.Call call when isCollate(call) -> Strength.EXPLICIT;
            default -> {
                Strength strongest = Strength.CONSTANT;
                for (Expr child : text.children()) {
                    if (isTyped(child) && child.type().isText()) {
                        Strength strength = strength(child);
                        strongest = strength.compareTo(strongest) > 0 ? strength : strongest;
                    }
                }
                yield strongest;
            }
        };
    }

    /// Whether an argument has a type already: lambdas get theirs from their function.
    static boolean isTyped(Expr arg) {
        return switch (arg) {
            case Expr.UnresolvedLambda l -> false;
            case Expr.Lambda l -> false;
            case Expr.SortKey key -> isTyped(key.input());
            case Expr.NamedArgument named -> isTyped(named.value());
            default -> true;
        };
    }

    /// Whether a pattern matches both cases of a letter in texts of this kind.
    ///
    /// @throws EngineException where the rules of a language say nothing about patterns
    public static boolean ignoresCase(List<Expr> texts) {
        List<Expr> only = texts.stream().filter(text -> text.type().isText()).toList();
        Collation collation = only.isEmpty() ? Collation.DEFAULT : common(only).collation();
        if (collation.ofLanguage() || collation.ignoresTrailingBlanks()) {
            throw new EngineException(
                    ErrorCode.UNSUPPORTED_FEATURE,
                    Map.of("feature", "a pattern for text of collation " + collation.name()));
        }
        return collation.lowerCase();
    }
}
