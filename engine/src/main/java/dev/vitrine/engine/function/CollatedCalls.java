package dev.vitrine.engine.function;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.EvalMode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.ScalarFunction;
import dev.vitrine.engine.types.Collation;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Calls with arguments whose collation is not the default one. Functions themselves know plain
/// text only: they get it here, looked at through what the collation compares by where that makes a
/// difference, and their results get the collation back.
final class CollatedCalls {
    /// Functions that hand on their arguments, or bring them to one type, whatever it is.
    private static final Set<String> HAND_ON =
            Set.of(
                    "collate",
                    "collation",
                    "typeof",
                    "coalesce",
                    "if",
                    "nvl",
                    "ifnull",
                    "nvl2",
                    "nullif",
                    "=",
                    "<=>",
                    "<>",
                    "<",
                    "<=",
                    ">",
                    ">=",
                    "equal_null",
                    "between",
                    "array",
                    "struct",
                    "named_struct",
                    "map",
                    "[]",
                    "element_at",
                    "try_element_at",
                    "get",
                    "size",
                    "cardinality",
                    "isnull",
                    "isnotnull",
                    "array_append",
                    "array_prepend",
                    "array_insert",
                    "array_repeat",
                    "array_size",
                    "array_compact",
                    "concat",
                    "||",
                    "slice",
                    "reverse",
                    "flatten",
                    "shuffle",
                    "map_values",
                    "transform",
                    "filter",
                    "exists",
                    "any_match",
                    "forall",
                    "aggregate",
                    "reduce",
                    "zip_with",
                    "arrays_zip",
                    "map_keys",
                    "map_entries",
                    "array_join",
                    "to_json",
                    "to_csv",
                    "string",
                    "assert_true",
                    "monotonically_increasing_id",
                    "raise_error");

    private static final Set<String> JOINING = Set.of("concat", "||");

    /// Functions that ask which values are equal: what they compare by may stand for them.
    private static final Set<String> ASK_FOR_EQUALS =
            Set.of("array_contains", "array_position", "arrays_overlap", "hash", "xxhash64");

    /// Functions of arrays that compare elements and give some of them.
    private static final Set<String> PICK_ELEMENTS =
            Set.of("array_distinct", "array_union", "array_intersect", "array_except");

    private static final Set<String> EXTREMES = Set.of("greatest", "least");

    /// Functions whose second argument is a regular expression.
    private static final Set<String> PATTERNS =
            Set.of(
                    "rlike",
                    "regexp_count",
                    "regexp_extract",
                    "regexp_extract_all",
                    "regexp_instr",
                    "regexp_replace",
                    "regexp_substr",
                    "split");

    /// Functions that give text made of their arguments'.
    private static final Set<String> KEEP =
            Set.of(
                    "upper",
                    "lower",
                    "initcap",
                    "concat_ws",
                    "substring",
                    "left",
                    "right",
                    "trim",
                    "ltrim",
                    "rtrim",
                    "replace",
                    "translate",
                    "overlay",
                    "repeat",
                    "lpad",
                    "rpad",
                    "split_part",
                    "substring_index",
                    "elt",
                    "regexp_replace",
                    "regexp_extract",
                    "regexp_extract_all",
                    "regexp_substr",
                    "split",
                    "quote",
                    "mask",
                    "sentences",
                    "format_string",
                    "make_valid_utf8",
                    "validate_utf8",
                    "try_validate_utf8",
                    "str_to_map",
                    "randstr",
                    "array_remove");

    private CollatedCalls() {}

    static boolean isOne(FunctionCall call) {
        for (Expr arg : call.args()) {
            if (Collations.isTyped(arg) && arg.type().hasCollation()) {
                return true;
            }
        }
        return false;
    }

    static Expr resolve(FunctionEntry entry, FunctionCall call) {
        String name = entry.name();
        boolean many = entry.kind() != FunctionKind.SCALAR;
        if (many || HAND_ON.contains(name)) {
            return JOINING.contains(name) && isText(call)
                    ? kept(entry, call)
                    : entry.resolver().resolve(call);
        }
        if (EXTREMES.contains(name)) {
            return extreme(entry, call);
        }
        if (ASK_FOR_EQUALS.contains(name)) {
            return entry.resolver().resolve(call.withArgs(keyed(entry, call.args())));
        }
        if (PICK_ELEMENTS.contains(name)) {
            return picked(entry, call);
        }
        if (call.args().stream()
                .anyMatch(arg ->
                        Collations.isTyped(arg)
                                && arg.type().isNested()
                                && arg.type().hasCollation())) {
            throw new EngineException(
                    ErrorCode.UNSUPPORTED_FEATURE,
                    Map.of("feature", "the function " + name + " of values with collations"),
                    call.where());
        }
        return kept(entry, call);
    }

    private static boolean isText(FunctionCall call) {
        return call.args().stream().anyMatch(arg -> arg.type().isText());
    }

    /// A function of texts, whose result has their collation where it is made of them.
    private static Expr kept(FunctionEntry entry, FunctionCall call) {
        List<Expr> texts =
                call.args().stream()
                        .filter(arg -> Collations.isTyped(arg) && arg.type().isText())
                        .toList();
        DataType type = Collations.common(texts);
        Collation collation = type.collation();
        List<Expr> args = new ArrayList<>();
        for (Expr arg : call.args()) {
            args.add(Collations.isTyped(arg) ? Collations.plain(arg) : arg);
        }
        if (PATTERNS.contains(entry.name()) && Collations.ignoresCase(texts)) {
            args.set(1, ignoringCase(args.get(1), call));
        }
        Expr result = entry.resolver().resolve(call.withArgs(args));
        if (CollatedFunctions.has(entry.name())
                && !collation.equals(Collation.DEFAULT)
                && result instanceof Expr.Call plain) {
            result = CollatedFunctions.of(plain, collation);
        }
        boolean keeps = KEEP.contains(entry.name()) || JOINING.contains(entry.name());
        DataType resultType = keeps ? with(result.type(), type) : result.type();
        if (resultType.equals(result.type())) {
            return result;
        }
        return result.type().isText() && Collations.explicit(texts)
                ? Collations.collated(result, resultType)
                : CommonTypes.cast(result, resultType, call.mode());
    }

    private static Expr ignoringCase(Expr pattern, FunctionCall call) {
        Expr flags = Expr.Literal.of("(?iu)");
        return FunctionRegistry.builtin()
                .resolve("concat", call.named("concat").withArgs(List.of(flags, pattern)));
    }

    private static DataType with(DataType result, DataType text) {
        return switch (result) {
            case DataType.Simple.STRING -> text;
            case DataType.Array(var element, var nulls) ->
                    new DataType.Array(with(element, text), nulls);
            case DataType.MapOf(var key, var value, var nulls) ->
                    new DataType.MapOf(with(key, text), with(value, text), nulls);
            default -> result;
        };
    }

    /// What the arguments are compared by, which look for one another unless they are hashed.
    private static List<Expr> keyed(FunctionEntry entry, List<Expr> args) {
        if (entry.group().equals("hash")) {
            return args.stream().map(arg -> CollationKey.of(arg.type(), arg)).toList();
        }
        List<Expr> keyed = new ArrayList<>();
        DataType text =
                Collations.common(text(args.getFirst().type()), text(args.getLast().type()));
        for (Expr arg : args) {
            Expr collated = CommonTypes.cast(arg, with(arg.type(), text), EvalMode.ANSI);
            keyed.add(CollationKey.of(collated.type(), collated));
        }
        return keyed;
    }

    private static DataType text(DataType type) {
        return type instanceof DataType.Array(var element, var nulls)
                ? text(element)
                : type.isText() ? type : DataType.STRING;
    }

    /// greatest and least of pairs of what is compared by and the text itself.
    private static Expr extreme(FunctionEntry entry, FunctionCall call) {
        List<Expr> common = call.arity(2, Integer.MAX_VALUE).common();
        DataType type = common.getFirst().type();
        List<Expr> pairs = new ArrayList<>();
        for (Expr value : common) {
            Expr pair =
                    FunctionRegistry.builtin()
                            .resolve(
                                    "struct",
                                    call.named("struct")
                                            .withArgs(
                                                    List.of(
                                                            CollationKey.of(type, value),
                                                            Collations.plain(value))));
            pairs.add(
                    new Expr.Case(
                            List.of(
                                    new Expr.Case.Branch(
                                            new Expr.IsNull(value),
                                            Expr.Literal.nullOf(pair.type()))),
                            pair,
                            pair.type()));
        }
        Expr best = entry.resolver().resolve(call.withArgs(pairs));
        Field text = ((DataType.Struct) best.type()).fields().get(1);
        Expr result = new Expr.GetField(best, 1, text.name(), text.type());
        return Collations.explicit(common)
                ? Collations.collated(result, type)
                : CommonTypes.cast(result, type, call.mode());
    }

    /// A set operation on arrays: the first element counts of those that are equal.
    private static Expr picked(FunctionEntry entry, FunctionCall call) {
        List<Expr> args = call.common();
        DataType type = args.getFirst().type();
        Expr plain =
                entry.resolver()
                        .resolve(call.withArgs(args.stream().map(Collations::plain).toList()));
        ScalarFunction picking = new CollatedArrays(entry.name(), type);
        return new Expr.Cast(
                new Expr.Call(picking, ((Expr.Call) plain).args(), plain.type(), EvalMode.ANSI),
                type,
                EvalMode.ANSI);
    }
}
