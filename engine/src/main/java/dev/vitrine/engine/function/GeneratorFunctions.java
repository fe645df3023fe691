package dev.vitrine.engine.function;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.GeneratorFunction;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import java.math.BigInteger;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Functions that make several rows of one.
public final class GeneratorFunctions {
    /// The row itself as often as its argument says; for the optimizer's own use.
    public static final GeneratorFunction REPEAT =
            new Generator(
                    "repeat",
                    false,
                    (args, columns) ->
                            Collections.nCopies(
                                    args[0] instanceof Long n ? (int) Math.max(0, n) : 0,
                                    List.of()));

    private GeneratorFunctions() {}

    /// The rows of one row's arguments.
    @FunctionalInterface
    interface Body {
        List<List<@Nullable Object>> rows(@Nullable Object[] args, int columns);
    }

    private record Generator(String name, boolean outer, Body body) implements GeneratorFunction {
        @Override
        public List<List<@Nullable Object>> rows(@Nullable Object[] args, int columns) {
            return body.rows(args, columns);
        }
    }

    static List<FunctionEntry> entries() {
        List<FunctionEntry> all = new ArrayList<>();
        for (boolean outer : new boolean[] {false, true}) {
            String suffix = outer ? "_outer" : "";
            String absent = outer ? " Where there is none, a row of NULLs." : "";
            all.add(
                    entry(
                                    "explode" + suffix + "(collection)",
                                    "A row for each element of an array or entry of a map."
                                            + absent,
                                    outer,
                                    call -> exploded(call, false),
                                    (args, columns) -> elements(args[0], false))
                            .withParameters(parameter("collection")));
            all.add(
                    entry(
                                    "posexplode" + suffix + "(collection)",
                                    "As explode, with the element's position from 0." + absent,
                                    outer,
                                    call -> exploded(call, true),
                                    (args, columns) -> elements(args[0], true))
                            .withParameters(parameter("collection")));
            all.add(
                    entry(
                                    "inline" + suffix + "(structs)",
                                    "A row for each struct of an array, a column for each field."
                                            + absent,
                                    outer,
                                    GeneratorFunctions::inlined,
                                    (args, columns) -> structs(args[0], columns))
                            .withParameters(parameter("input")));
        }
        all.add(
                entry(
                        "range([start, ]end[, step[, partitions]])",
                        "Whole numbers from start, or 0, to before end.",
                        false,
                        GeneratorFunctions::ranged,
                        (args, columns) -> range(args)));
        all.add(
                entry(
                        "json_tuple(json, name, …)",
                        "The values of names in a JSON object, as text, each in a column.",
                        false,
                        GeneratorFunctions::namedValues,
                        (args, columns) -> List.of(values(args))));
        all.add(
                entry(
                        "stack(n, x, …)",
                        "The arguments in n rows.",
                        false,
                        GeneratorFunctions::stacked,
                        GeneratorFunctions::stack));
        all.add(SqlKeywords.entry());
        return all;
    }

    static FunctionEntry.Parameter parameter(String name) {
        return new FunctionEntry.Parameter(name, Optional.empty());
    }

    static FunctionEntry entry(
            String signature,
            String doc,
            boolean outer,
            Function<FunctionCall, Expr.GeneratorCall> typing,
            Body body) {
        String name = signature.substring(0, signature.indexOf('('));
        Generator generator = new Generator(name, outer, body);
        return new FunctionEntry(
                name,
                List.of(),
                FunctionKind.GENERATOR,
                "generator",
                signature,
                doc,
                "",
                "",
                call -> {
                    Expr.GeneratorCall typed = typing.apply(call);
                    List<Field> fields =
                            outer
                                    ? typed.fields().stream()
                                            .map(f -> new Field(f.name(), f.type(), true))
                                            .toList()
                                    : typed.fields();
                    return new Expr.GeneratorCall(generator, typed.args(), fields);
                });
    }

    static final GeneratorFunction UNNAMED = new Generator("", false, (args, columns) -> List.of());

    private static Expr.GeneratorCall exploded(FunctionCall call, boolean positions) {
        call.arity(1, 1);
        List<Field> fields = new ArrayList<>();
        if (positions) {
            fields.add(new Field("pos", DataType.INT, false));
        }
        switch (call.type(0)) {
            case DataType.Array(var element, boolean nulls) ->
                    fields.add(new Field("col", element, nulls));
            case DataType.MapOf(var key, var value, boolean nulls) -> {
                fields.add(new Field("key", key, false));
                fields.add(new Field("value", value, nulls));
            }
            default -> throw call.unexpected(0, "ARRAY\" or \"MAP");
        }
        return new Expr.GeneratorCall(UNNAMED, call.args(), fields);
    }

    private static Expr.GeneratorCall inlined(FunctionCall call) {
        call.arity(1, 1);
        if (call.type(0) instanceof DataType.Array(DataType.Struct(var fields), boolean nulls)) {
            return new Expr.GeneratorCall(
                    UNNAMED,
                    call.args(),
                    fields.stream()
                            .map(f -> new Field(f.name(), f.type(), f.nullable() || nulls))
                            .toList());
        }
        throw call.unexpected(0, "ARRAY<STRUCT>");
    }

    private static Expr.GeneratorCall ranged(FunctionCall call) {
        call.arity(1, 4);
        List<Expr> args = new ArrayList<>();
        for (int i = 0; i < call.size(); i++) {
            Expr arg = call.arg(i);
            if (!arg.foldable()) {
                throw new EngineException(
                        ErrorCode.NON_FOLDABLE_ARGUMENT,
                        Map.of(
                                "funcName", "`range`",
                                "paramName", "`argument " + (i + 1) + "`",
                                "paramType", "\"BIGINT\""),
                        call.where());
            }
            if (!arg.type().isNumeric() && arg.type() != DataType.STRING) {
                throw new EngineException(
                        ErrorCode.UNEXPECTED_INPUT_TYPE,
                        Map.of(
                                "functionName",
                                "`range`",
                                "paramIndex",
                                i + 1,
                                "requiredType",
                                "\"BIGINT\"",
                                "inputType",
                                "\"" + arg.type().sql() + "\""),
                        call.where());
            }
            args.add(CommonTypes.cast(arg, DataType.BIGINT, call.mode()));
        }
        return new Expr.GeneratorCall(
                UNNAMED, args, List.of(new Field("id", DataType.BIGINT, false)));
    }

    private static List<List<@Nullable Object>> range(@Nullable Object[] args) {
        long start = args.length > 1 && args[0] instanceof Long n ? n : 0;
        long end = args[args.length > 1 ? 1 : 0] instanceof Long n ? n : 0;
        long step = args.length > 2 && args[2] instanceof Long n ? n : 1;
        if (step == 0) {
            throw new EngineException(
                    ErrorCode.FAILED_FUNCTION_CALL,
                    Map.of("funcName", "`range`", "reason", "the step is 0"));
        }
        boolean empty = step > 0 ? start >= end : start <= end;
        long count =
                empty
                        ? 0
                        : BigInteger.valueOf(end)
                                .subtract(BigInteger.valueOf(start))
                                .subtract(BigInteger.valueOf(Long.signum(step)))
                                .divide(BigInteger.valueOf(step))
                                .add(BigInteger.ONE)
                                .min(BigInteger.valueOf(Integer.MAX_VALUE))
                                .longValue();
        return new AbstractList<>() {
            @Override
            public List<@Nullable Object> get(int index) {
                return List.of(start + index * step);
            }

            @Override
            public int size() {
                return (int) count;
            }
        };
    }

    private static Expr.GeneratorCall namedValues(FunctionCall call) {
        call.arity(2, Integer.MAX_VALUE);
        List<Expr> args = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < call.size(); i++) {
            if (call.type(i) != DataType.STRING && call.type(i) != DataType.NULL) {
                throw new EngineException(
                        ErrorCode.DATATYPE_MISMATCH__NON_STRING_TYPE,
                        Map.of("funcName", "`json_tuple`"),
                        call.where());
            }
            args.add(CommonTypes.cast(call.arg(i), DataType.STRING, call.mode()));
            if (i > 0) {
                fields.add(new Field("c" + (i - 1), DataType.STRING, true));
            }
        }
        return new Expr.GeneratorCall(UNNAMED, args, fields);
    }

    private static List<@Nullable Object> values(@Nullable Object[] args) {
        Optional<JsonNode> node =
                Optional.ofNullable((String) args[0])
                        .flatMap(JsonText::parse)
                        .filter(JsonNode::isObject);
        List<@Nullable Object> row = new ArrayList<>();
        for (int i = 1; i < args.length; i++) {
            String name = (String) args[i];
            row.add(
                    node.map(n -> name == null ? null : n.get(name))
                            .filter(n -> !n.isNull())
                            .map(n -> n.isTextual() ? n.textValue() : n.toString())
                            .orElse(null));
        }
        return row;
    }

    private static Expr.GeneratorCall stacked(FunctionCall call) {
        if (call.size() < 2) {
            call.arity(2, Integer.MAX_VALUE);
        }
        WithinGroup constants = WithinGroup.of(call);
        Object count = constants.constant("n", call.as(0, ArgType.INT));
        if (!(count instanceof Integer rows)) {
            throw constants.unexpectedNull("n");
        }
        if (rows < 1) {
            throw call.outOfRange("n", "(0, 2147483647]", rows);
        }
        int values = call.size() - 1;
        int columns = Math.ceilDiv(values, rows);
        List<Expr> args = new ArrayList<>(List.of(Expr.Literal.of(rows.intValue())));
        List<Field> fields = new ArrayList<>();
        for (int c = 0; c < columns; c++) {
            DataType type = columnType(call, c, columns);
            fields.add(new Field("col" + c, type, true));
        }
        for (int i = 0; i < values; i++) {
            DataType type = fields.get(i % columns).type();
            args.add(CommonTypes.cast(call.arg(i + 1), type, call.mode()));
        }
        return new Expr.GeneratorCall(UNNAMED, args, fields);
    }

    /// The type of a column of stack: that of its first value that is not NULL, which all have.
    private static DataType columnType(FunctionCall call, int column, int columns) {
        Optional<DataType> found = Optional.empty();
        for (int i = column + 1; i < call.size(); i += columns) {
            DataType type = call.type(i);
            if (type == DataType.NULL) {
                continue;
            }
            if (found.isPresent() && !found.get().equals(type)) {
                throw new EngineException(
                        ErrorCode.DATATYPE_MISMATCH__STACK_COLUMN_DIFF_TYPES,
                        Map.of(
                                "sqlExpr",
                                call.sql(),
                                "columnIndex",
                                column,
                                "leftType",
                                "\"" + found.get().sql() + "\"",
                                "rightType",
                                "\"" + type.sql() + "\""),
                        call.where());
            }
            found = Optional.of(type);
        }
        return found.orElse(DataType.NULL);
    }

    private static List<List<@Nullable Object>> elements(
            @Nullable Object collection, boolean positions) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        if (collection instanceof List<?> list) {
            for (Object element : list) {
                rows.add(row(positions, rows.size(), element));
            }
        } else if (collection instanceof Map<?, ?> map) {
            map.forEach((key, value) -> rows.add(row(positions, rows.size(), key, value)));
        }
        return rows;
    }

    private static List<@Nullable Object> row(
            boolean positions, int position, @Nullable Object... values) {
        List<@Nullable Object> row = new ArrayList<>();
        if (positions) {
            row.add(position);
        }
        row.addAll(Arrays.asList(values));
        return row;
    }

    private static List<List<@Nullable Object>> structs(@Nullable Object array, int columns) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        if (array instanceof List<?> list) {
            for (Object struct : list) {
                rows.add(
                        struct instanceof List<?> fields
                                ? new ArrayList<>(fields)
                                : Collections.nCopies(columns, null));
            }
        }
        return rows;
    }

    private static List<List<@Nullable Object>> stack(@Nullable Object[] args, int columns) {
        int count = args[0] instanceof Integer n ? n : 0;
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (int r = 0; r < count; r++) {
            List<@Nullable Object> row = new ArrayList<>();
            for (int c = 0; c < columns; c++) {
                int at = 1 + r * columns + c;
                row.add(at < args.length ? args[at] : null);
            }
            rows.add(row);
        }
        return rows;
    }
}
