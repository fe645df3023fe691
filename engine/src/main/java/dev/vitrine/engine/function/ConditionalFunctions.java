package dev.vitrine.engine.function;

import static dev.vitrine.engine.function.ScalarDefinition.define;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.types.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Functions that choose, and functions that are other expressions under a name.
final class ConditionalFunctions {
    private static final String G = "conditional";

    private ConditionalFunctions() {}

    static List<FunctionEntry> entries() {
        List<FunctionEntry> all = new ArrayList<>(choices());
        all.addAll(tests());
        all.addAll(castsByName());
        return all;
    }

    private static FunctionEntry entry(
            String signature,
            String doc,
            String example,
            String result,
            FunctionEntry.Resolver of) {
        String name = signature.substring(0, signature.indexOf('('));
        return new FunctionEntry(
                name, List.of(), FunctionKind.SCALAR, G, signature, doc, example, result, of);
    }

    private static Expr coalesce(FunctionCall call) {
        List<Expr> args = call.common();
        return args.size() == 1 ? args.getFirst() : new Expr.Coalesce(args, args.getFirst().type());
    }

    private static Expr choose(FunctionCall call, Expr when, Expr then, Expr otherwise) {
        List<Expr> values = call.withArgs(List.of(then, otherwise)).common();
        return new Expr.Case(
                List.of(new Expr.Case.Branch(when, values.get(0))),
                values.get(1),
                values.get(0).type());
    }

    private static Expr operator(FunctionCall call, String symbol, Expr left, Expr right) {
        return FunctionRegistry.builtin().operator(symbol, call.withArgs(List.of(left, right)));
    }

    private static List<FunctionEntry> choices() {
        return List.of(
                entry(
                        "coalesce(a, b, …)",
                        "The first argument that is not NULL.",
                        "coalesce(NULL, 1, NULL)",
                        "1",
                        call -> coalesce(call.arity(1, Integer.MAX_VALUE))),
                entry(
                                "nvl(a, b)",
                                "a, or b where a is NULL.",
                                "nvl(NULL, 2)",
                                "2",
                                call -> coalesce(call.arity(2, 2)))
                        .alsoNamed("ifnull"),
                entry(
                        "nvl2(a, b, c)",
                        "b where a is not NULL, else c.",
                        "nvl2(NULL, 2, 1)",
                        "1",
                        call -> {
                            call.arity(3, 3);
                            return choose(
                                    call, Expr.isNotNull(call.arg(0)), call.arg(1), call.arg(2));
                        }),
                entry(
                                "if(condition, a, b)",
                                "a where the condition holds, else b.",
                                "if(1 < 2, 'a', 'b')",
                                "a",
                                call -> {
                                    call.arity(3, 3);
                                    return choose(
                                            call,
                                            call.as(0, ArgType.BOOLEAN),
                                            call.arg(1),
                                            call.arg(2));
                                })
                        .alsoNamed("iff"),
                entry(
                        "nullif(a, b)",
                        "NULL where a equals b, else a.",
                        "nullif(2, 2)",
                        "NULL",
                        call -> {
                            call.arity(2, 2);
                            Expr equal = operator(call, "=", call.arg(0), call.arg(1));
                            Expr none = Expr.Literal.nullOf(call.type(0));
                            return new Expr.Case(
                                    List.of(new Expr.Case.Branch(equal, none)),
                                    call.arg(0),
                                    call.type(0));
                        }),
                entry(
                        "nullifzero(x)",
                        "NULL where x is 0, else x.",
                        "nullifzero(0)",
                        "NULL",
                        call -> {
                            call.arity(1, 1);
                            Expr zero = operator(call, "=", call.arg(0), Expr.Literal.of(0));
                            Expr none = Expr.Literal.nullOf(call.type(0));
                            return new Expr.Case(
                                    List.of(new Expr.Case.Branch(zero, none)),
                                    call.arg(0),
                                    call.type(0));
                        }),
                entry(
                        "zeroifnull(x)",
                        "0 where x is NULL, else x.",
                        "zeroifnull(NULL)",
                        "0",
                        call -> {
                            call.arity(1, 1);
                            return coalesce(
                                    call.withArgs(List.of(call.arg(0), Expr.Literal.of(0))));
                        }),
                entry(
                        "decode(value, search, result[, …][, default])",
                        "The result after the first search that equals value, NULL being equal to NULL; with two arguments, bytes as text in a charset.",
                        "decode(2, 1, 'Southlake', 2, 'San Francisco')",
                        "San Francisco",
                        ConditionalFunctions::decode));
    }

    private static Expr decode(FunctionCall call) {
        call.arity(2, Integer.MAX_VALUE);
        if (call.size() == 2) {
            return EncodingFunctions.DECODE_BYTES.resolver().resolve(call);
        }
        List<Expr> results = new ArrayList<>();
        List<Expr> tests = new ArrayList<>();
        int at = 1;
        for (; at + 1 < call.size(); at += 2) {
            tests.add(operator(call, "<=>", call.arg(0), call.arg(at)));
            results.add(call.arg(at + 1));
        }
        results.add(at < call.size() ? call.arg(at) : Expr.Literal.nullOf(DataType.NULL));
        List<Expr> common = call.withArgs(results).common();
        List<Expr.Case.Branch> branches = new ArrayList<>();
        for (int i = 0; i < tests.size(); i++) {
            branches.add(new Expr.Case.Branch(tests.get(i), common.get(i)));
        }
        return new Expr.Case(branches, common.getLast(), common.getLast().type());
    }

    private static List<FunctionEntry> tests() {
        return List.of(
                entry(
                        "isnull(x)",
                        "Whether x is NULL.",
                        "isnull(1)",
                        "false",
                        call -> new Expr.IsNull(call.arity(1, 1).arg(0))),
                entry(
                        "isnotnull(x)",
                        "Whether x is not NULL.",
                        "isnotnull(1)",
                        "true",
                        call -> Expr.isNotNull(call.arity(1, 1).arg(0))),
                entry(
                        "equal_null(a, b)",
                        "Whether a equals b, NULL being equal to NULL.",
                        "equal_null(NULL, NULL)",
                        "true",
                        call -> {
                            call.arity(2, 2);
                            return operator(call, "<=>", call.arg(0), call.arg(1));
                        }),
                entry(
                        "between(x, low, high)",
                        "Whether low <= x and x <= high.",
                        "2 between 1 and 3",
                        "true",
                        call -> {
                            call.arity(3, 3);
                            Expr low = operator(call, ">=", call.arg(0), call.arg(1));
                            Expr high = operator(call, "<=", call.arg(0), call.arg(2));
                            return Expr.and(List.of(low, high));
                        }),
                entry(
                        "like(str, pattern)",
                        "Whether str fits a pattern of % and _.",
                        "like('Spark', '_park')",
                        "true",
                        call -> {
                            call.arity(2, 2);
                            return new Expr.Like(
                                    call.as(0, ArgType.STRING),
                                    call.as(1, ArgType.STRING),
                                    '\\',
                                    false);
                        }),
                entry(
                        "ilike(str, pattern)",
                        "Whether str fits a pattern of % and _, letter case ignored.",
                        "ilike('Spark', '_PARK')",
                        "true",
                        call -> {
                            call.arity(2, 2);
                            return new Expr.Like(
                                    call.as(0, ArgType.STRING),
                                    call.as(1, ArgType.STRING),
                                    '\\',
                                    true);
                        }),
                entry(
                        "typeof(x)",
                        "The type of x.",
                        "typeof(1)",
                        "int",
                        call -> Expr.Literal.of(call.arity(1, 1).type(0).catalogString())),
                define(G, "raise_error(message)", "Fails with a message.", "", "")
                        .takes(ArgType.STRING)
                        .returns(DataType.NULL)
                        .seesNulls(ScalarDefinition.Nullability.ALWAYS)
                        .fails()
                        .computedBy((a, s) -> {
                            throw userRaised(String.valueOf(a[0]));
                        }),
                entry(
                        "assert_true(condition[, message])",
                        "NULL where the condition holds, else an error.",
                        "assert_true(0 < 1)",
                        "NULL",
                        call -> {
                            call.arity(1, 2);
                            Expr message =
                                    call.size() > 1
                                            ? call.arg(1)
                                            : Expr.Literal.of(
                                                    "'" + call.arg(0).sql() + "' is not true!");
                            Expr raise =
                                    FunctionRegistry.builtin()
                                            .resolve(
                                                    "raise_error", call.withArgs(List.of(message)));
                            Expr none = Expr.Literal.nullOf(DataType.NULL);
                            return new Expr.Case(
                                    List.of(
                                            new Expr.Case.Branch(
                                                    call.as(0, ArgType.BOOLEAN), none)),
                                    raise,
                                    DataType.NULL);
                        }));
    }

    private static EngineException userRaised(String message) {
        return new EngineException(
                ErrorCode.USER_RAISED_EXCEPTION, Map.of("errorMessage", message));
    }

    private static List<FunctionEntry> castsByName() {
        Map<String, DataType> types =
                Map.ofEntries(
                        Map.entry("boolean", DataType.BOOLEAN),
                        Map.entry("tinyint", DataType.TINYINT),
                        Map.entry("smallint", DataType.SMALLINT),
                        Map.entry("int", DataType.INT),
                        Map.entry("bigint", DataType.BIGINT),
                        Map.entry("float", DataType.FLOAT),
                        Map.entry("double", DataType.DOUBLE),
                        Map.entry("decimal", new DataType.Decimal(10, 0)),
                        Map.entry("string", DataType.STRING),
                        Map.entry("binary", DataType.BINARY),
                        Map.entry("date", DataType.DATE),
                        Map.entry("timestamp", DataType.TIMESTAMP));
        List<FunctionEntry> all = new ArrayList<>();
        types.forEach((name, type) ->
                all.add(
                        new FunctionEntry(
                                name,
                                List.of(),
                                FunctionKind.SCALAR,
                                "conversion",
                                name + "(x)",
                                "x cast to " + type.sql() + ".",
                                "",
                                "",
                                call ->
                                        cast(
                                                call.arity(1, 1),
                                                type == DataType.TIMESTAMP
                                                                && call.settings().localTimestamps()
                                                        ? DataType.TIMESTAMP_NTZ
                                                        : type))));
        return all;
    }

    static Expr cast(FunctionCall call, DataType type) {
        if (!Casting.canCast(call.type(0), type, call.mode())) {
            throw Casting.impossible(call.sql(), call.type(0), type, call.mode(), call.where());
        }
        return CommonTypes.cast(call.arg(0), type, call.mode());
    }
}
