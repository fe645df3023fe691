package dev.vitrine.engine.function;

import static dev.vitrine.engine.function.ScalarDefinition.define;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.EvalMode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.Expr.ArithmeticOp;
import dev.vitrine.engine.expr.Expr.ComparisonOp;
import dev.vitrine.engine.types.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongBinaryOperator;
import org.jspecify.annotations.Nullable;

/// The operators `+`, `<`, `||` … and the functions that are operators in another mode.
final class Operators {
    private static final String G = "operator";

    private Operators() {}

    static List<FunctionEntry> entries() {
        List<FunctionEntry> all = new ArrayList<>();
        for (ArithmeticOp op : ArithmeticOp.values()) {
            all.add(
                    entry(
                            op.symbol(),
                            "a " + op.symbol() + " b",
                            call -> call.size() == 1 ? sign(call) : arithmetic(op, call)));
        }
        for (ComparisonOp op : ComparisonOp.values()) {
            all.add(entry(op.symbol(), "a " + op.symbol() + " b", call -> comparison(op, call)));
        }
        all.add(entry("==", "a == b", call -> comparison(ComparisonOp.EQ, call)));
        all.add(entry("!=", "a != b", call -> comparison(ComparisonOp.NOT_EQ, call)));
        all.add(entry("||", "a || b", CollectionFunctions::concat));
        all.addAll(bits());
        all.addAll(tries());
        return all;
    }

    private static FunctionEntry entry(String name, String signature, FunctionEntry.Resolver of) {
        return new FunctionEntry(
                name, List.of(), FunctionKind.OPERATOR, G, signature, "", "", "", of);
    }

    private static List<FunctionEntry> tries() {
        return List.of(
                attempt("try_add", "+", ArithmeticOp.ADD),
                attempt("try_subtract", "-", ArithmeticOp.SUBTRACT),
                attempt("try_multiply", "*", ArithmeticOp.MULTIPLY),
                attempt("try_divide", "/", ArithmeticOp.DIVIDE),
                attempt("try_mod", "%", ArithmeticOp.REMAINDER),
                new FunctionEntry(
                        "mod",
                        List.of(),
                        FunctionKind.SCALAR,
                        "math",
                        "mod(a, b)",
                        "Remainder of a divided by b.",
                        "mod(7, 3)",
                        "1",
                        call -> arithmetic(ArithmeticOp.REMAINDER, call.arity(2, 2))));
    }

    private static FunctionEntry attempt(String name, String symbol, ArithmeticOp op) {
        return new FunctionEntry(
                name,
                List.of(),
                FunctionKind.SCALAR,
                "math",
                name + "(a, b)",
                "a " + symbol + " b with NULL instead of an error.",
                name + "(1, NULL)",
                "NULL",
                call -> {
                    FunctionCall typed = call.arity(2, 2);
                    return arithmetic(
                            op,
                            (call.mode() == EvalMode.LEGACY ? stringsAsDoubles(typed) : typed)
                                    .withMode(EvalMode.TRY));
                });
    }

    private static Expr sign(FunctionCall call) {
        Optional<Expr> interval = IntervalOperators.resolve(call);
        if (interval.isPresent()) {
            return interval.get();
        }
        return FunctionRegistry.builtin()
                .resolve(call.name().equals("-") ? "negative" : "positive", call);
    }

    private static boolean isFloatingPoint(DataType type) {
        return type == DataType.FLOAT || type == DataType.DOUBLE;
    }

    static Expr arithmetic(ArithmeticOp op, FunctionCall written) {
        return arithmeticOf(op, symbolic(op, written));
    }

    private static Expr arithmeticOf(ArithmeticOp op, FunctionCall written) {
        FunctionCall call = written;
        Optional<Expr> interval = IntervalOperators.resolve(call);
        if (interval.isPresent()) {
            return interval.get();
        }
        if (call.size() == 2 && call.mode() == EvalMode.LEGACY) {
            call = stringsAsDoubles(call);
        }
        DataType left = call.type(0);
        DataType right = call.type(1);
        boolean twoTexts = left == DataType.STRING && right == DataType.STRING;
        boolean inexact =
                op == ArithmeticOp.INTEGRAL_DIVIDE
                        && (isFloatingPoint(left) || isFloatingPoint(right));
        if (!isNumber(left) || !isNumber(right) || twoTexts || inexact) {
            DataType wrong = isNumber(left) ? right : left;
            throw new EngineException(
                    left.equals(right)
                            ? ErrorCode.DATATYPE_MISMATCH__BINARY_OP_WRONG_TYPE
                            : ErrorCode.DATATYPE_MISMATCH__BINARY_OP_DIFF_TYPES,
                    Map.of(
                            "sqlExpr", call.sql(),
                            "inputType", "\"NUMERIC\"",
                            "actualDataType", "\"" + wrong.sql() + "\"",
                            "left", "\"" + left.sql() + "\"",
                            "right", "\"" + right.sql() + "\""),
                    call.where());
        }
        DataType common = CommonTypes.of(call.args()).orElse(DataType.DOUBLE);
        if (common == DataType.NULL) {
            common = op == ArithmeticOp.DIVIDE ? DataType.DOUBLE : DataType.INT;
        }
        if (common instanceof DataType.Decimal) {
            return decimals(op, call);
        }
        DataType operand =
                switch (op) {
                    case DIVIDE -> DataType.DOUBLE;
                    case INTEGRAL_DIVIDE -> DataType.BIGINT;
                    case ADD, SUBTRACT, MULTIPLY, REMAINDER -> common;
                };
        return new Expr.Arithmetic(
                op,
                CommonTypes.cast(call.arg(0), operand, call.mode()),
                CommonTypes.cast(call.arg(1), operand, call.mode()),
                operand,
                call.mode());
    }

    /// As Hive did: text in a computation is a DOUBLE.
    private static FunctionCall stringsAsDoubles(FunctionCall call) {
        FunctionCall changed = call;
        for (int i = 0; i < 2; i++) {
            if (call.type(i) == DataType.STRING && isNumber(call.type(1 - i))) {
                changed =
                        changed.withArg(
                                i, CommonTypes.cast(call.arg(i), DataType.DOUBLE, call.mode()));
            }
        }
        return changed;
    }

    private static FunctionCall symbolic(ArithmeticOp op, FunctionCall c) {
        return c.named(op.symbol());
    }

    /// The operands of an arithmetic function, which must be numbers or text among numbers.
    static FunctionCall numbers(FunctionCall call) {
        boolean numbers = isNumber(call.type(0)) && isNumber(call.type(1));
        boolean twoTexts = call.type(0) == DataType.STRING && call.type(1) == DataType.STRING;
        if (!numbers || twoTexts && call.mode() != EvalMode.LEGACY) {
            throw new EngineException(
                    ErrorCode.DATATYPE_MISMATCH__BINARY_OP_WRONG_TYPE,
                    Map.of(
                            "sqlExpr",
                            call.sql(),
                            "inputType",
                            "\"NUMERIC\"",
                            "actualDataType",
                            "\"" + call.type(numbers ? 0 : 1).sql() + "\""),
                    call.where());
        }
        return call.mode() == EvalMode.LEGACY ? stringsAsDoubles(call) : call;
    }

    private static boolean isNumber(DataType type) {
        return type.isNumeric() || type == DataType.STRING || type == DataType.NULL;
    }

    private static Expr decimals(ArithmeticOp op, FunctionCall call) {
        DataType.Decimal left = operand(call, 0);
        DataType.Decimal right = operand(call, 1);
        return new Expr.Arithmetic(
                op,
                CommonTypes.cast(call.arg(0), left, call.mode()),
                CommonTypes.cast(call.arg(1), right, call.mode()),
                resultType(op, left, right),
                call.mode());
    }

    private static DataType.Decimal operand(FunctionCall call, int index) {
        if (call.type(index) == DataType.NULL) {
            return CommonTypes.decimalFor(call.arg(1 - index));
        }
        return CommonTypes.decimalFor(call.arg(index));
    }

    /// Spark's result types for decimals.
    static DataType resultType(ArithmeticOp op, DataType.Decimal a, DataType.Decimal b) {
        int p1 = a.precision();
        int s1 = a.scale();
        int p2 = b.precision();
        int s2 = b.scale();
        int scale = Math.max(s1, s2);
        return switch (op) {
            case ADD, SUBTRACT ->
                    DataType.Decimal.adjusted(Math.max(p1 - s1, p2 - s2) + scale + 1, scale);
            case MULTIPLY -> DataType.Decimal.adjusted(p1 + p2 + 1, s1 + s2);
            case DIVIDE -> {
                int fraction = Math.max(6, s1 + p2 + 1);
                yield DataType.Decimal.adjusted(p1 - s1 + s2 + fraction, fraction);
            }
            case INTEGRAL_DIVIDE -> DataType.BIGINT;
            case REMAINDER -> DataType.Decimal.adjusted(Math.min(p1 - s1, p2 - s2) + scale, scale);
        };
    }

    static Expr comparison(ComparisonOp op, FunctionCall call) {
        call.arity(2, 2);
        Optional<DataType> common = CommonTypes.of(call.args());
        if (common.isEmpty()) {
            throw new EngineException(
                    ErrorCode.DATATYPE_MISMATCH__BINARY_OP_DIFF_TYPES,
                    Map.of(
                            "sqlExpr", call.sql(),
                            "left", "\"" + call.type(0).sql() + "\"",
                            "right", "\"" + call.type(1).sql() + "\""),
                    call.where());
        }
        DataType type = common.get();
        if (!type.isOrderable()) {
            throw new EngineException(
                    ErrorCode.DATATYPE_MISMATCH__INVALID_ORDERING_TYPE,
                    Map.of(
                            "functionName", op.symbol(),
                            "dataType", "\"" + type.sql() + "\"",
                            "sqlExpr", call.sql()),
                    call.where());
        }
        return new Expr.Comparison(
                op,
                CommonTypes.cast(call.arg(0), type, call.mode()),
                CommonTypes.cast(call.arg(1), type, call.mode()));
    }

    private static List<FunctionEntry> bits() {
        return List.of(
                bitwise("&", "bitand", "Bits set in both.", "bitand(3, 5)", "1", (a, b) -> a & b),
                bitwise("|", "bitor", "Bits set in either.", "bitor(3, 5)", "7", (a, b) -> a | b),
                bitwise(
                        "^",
                        "bitxor",
                        "Bits set in one only.",
                        "bitxor(3, 5)",
                        "6",
                        (a, b) -> a ^ b),
                asOperator("&", "bitand"),
                asOperator("|", "bitor"),
                asOperator("^", "bitxor"),
                asOperator("~", "bitnot"),
                asOperator("<<", "shiftleft"),
                asOperator(">>", "shiftright"),
                asOperator(">>>", "shiftrightunsigned"),
                define("math", "bitnot(n)", "n with each bit the other way.", "bitnot(0)", "-1")
                        .takes(ArgType.INTEGRAL)
                        .java(site -> narrow(site.type(), "~$0"))
                        .computedBy((a, s) -> NumberOperations.box(~number(a[0]), s.type())),
                shift("shiftleft", "<<", "shiftleft(2, 1)", "4"),
                shift("shiftright", ">>", "shiftright(4, 1)", "2"),
                shift("shiftrightunsigned", ">>>", "shiftrightunsigned(4, 1)", "2"));
    }

    private static FunctionEntry asOperator(String symbol, String function) {
        return entry(
                symbol,
                "a " + symbol + " b",
                call -> FunctionRegistry.builtin().resolve(function, call));
    }

    private static long number(@Nullable Object value) {
        return value instanceof Number n ? n.longValue() : 0;
    }

    private static Optional<String> narrow(DataType type, String java) {
        return switch (type) {
            case DataType.Simple.TINYINT -> Optional.of("((byte) (" + java + "))");
            case DataType.Simple.SMALLINT -> Optional.of("((short) (" + java + "))");
            default -> Optional.of("(" + java + ")");
        };
    }

    private static FunctionEntry bitwise(
            String symbol,
            String name,
            String doc,
            String example,
            String result,
            LongBinaryOperator of) {
        return define("math", name + "(a, b)", doc, example, result)
                .takes(ArgType.INTEGRAL, ArgType.INTEGRAL)
                .ofCommonType()
                .java(site -> narrow(site.type(), "$0 " + symbol + " $1"))
                .computedBy((a, s) ->
                        NumberOperations.box(of.applyAsLong(number(a[0]), number(a[1])), s.type()));
    }

    private static FunctionEntry shift(String name, String symbol, String example, String result) {
        return define(
                        "math",
                        name + "(n, bits)",
                        "n " + symbol + " bits, as Java shifts.",
                        example,
                        result)
                .takes(ArgType.INTEGRAL, ArgType.INT)
                .returns(call -> call.type(0) == DataType.BIGINT ? DataType.BIGINT : DataType.INT)
                .java("($0 " + symbol + " $1)")
                .computedBy((a, s) -> {
                    int bits = (Integer) a[1];
                    if (s.type() == DataType.BIGINT) {
                        long n = number(a[0]);
                        return switch (symbol) {
                            case "<<" -> n << bits;
                            case ">>" -> n >> bits;
                            default -> n >>> bits;
                        };
                    }
                    int n = (int) number(a[0]);
                    return switch (symbol) {
                        case "<<" -> n << bits;
                        case ">>" -> n >> bits;
                        default -> n >>> bits;
                    };
                });
    }
}
