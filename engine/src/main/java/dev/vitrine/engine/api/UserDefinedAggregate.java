package dev.vitrine.engine.api;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.EvalMode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.function.CommonTypes;
import dev.vitrine.engine.function.FunctionCall;
import dev.vitrine.engine.function.FunctionEntry;
import dev.vitrine.engine.function.FunctionKind;
import dev.vitrine.engine.rdd.Encoder;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// An [Aggregator] to be applied to columns: what Spark's `functions.udaf` gives. Immutable.
public final class UserDefinedAggregate {
    private final String name;
    private final Aggregator<?, ?, ?> aggregator;
    private final UserAggregate<?, ?, ?> function;

    <IN, BUF, OUT> UserDefinedAggregate(Aggregator<IN, BUF, OUT> aggregator, Encoder<IN> input) {
        this(
                aggregator.getClass().getSimpleName().isEmpty()
                        ? "UDAF"
                        : aggregator.getClass().getSimpleName(),
                aggregator,
                new UserAggregate<>("UDAF", aggregator, input));
    }

    private UserDefinedAggregate(
            String name, Aggregator<?, ?, ?> aggregator, UserAggregate<?, ?, ?> function) {
        this.name = name;
        this.aggregator = aggregator;
        this.function = function.named(name);
    }

    /// The same function under a name, which plans, errors and columns then show.
    public UserDefinedAggregate withName(String changed) {
        return new UserDefinedAggregate(changed, aggregator, function);
    }

    /// The function over these columns, which are cast to what it reads.
    ///
    /// @throws EngineException WRONG_NUM_ARGS
    public Column apply(Column... args) {
        return call(false, args);
    }

    /// The function over the rows that differ in these columns.
    public Column distinct(Column... args) {
        return call(true, args);
    }

    private Column call(boolean distinct, Column... args) {
        List<Field> wanted = function.arguments();
        checkArity(args.length);
        List<Expr> cast = new ArrayList<>();
        for (int i = 0; i < args.length; i++) {
            cast.add(args[i].cast(wanted.get(i).type()).expr());
        }
        return new Column(
                new Expr.AggregateCall(
                        function,
                        cast,
                        distinct,
                        Optional.empty(),
                        function.result(),
                        EvalMode.ANSI));
    }

    private void checkArity(int given) {
        int wanted = function.arguments().size();
        if (given != wanted) {
            throw new EngineException(
                    ErrorCode.WRONG_NUM_ARGS__WITHOUT_SUGGESTION,
                    Map.of(
                            "functionName",
                            "`" + name + "`",
                            "expectedNum",
                            wanted,
                            "actualNum",
                            given));
        }
    }

    /// The function as the registry of a session has it.
    FunctionEntry entry() {
        String signature =
                name
                        + function.arguments().stream()
                                .map(Field::name)
                                .collect(Collectors.joining(", ", "(", ")"));
        return new FunctionEntry(
                name,
                List.of(),
                FunctionKind.AGGREGATE,
                "user",
                signature,
                "User-defined aggregate function in Java, gives " + function.result().sql() + ".",
                "",
                "",
                List.of(),
                this::resolve);
    }

    private Expr resolve(FunctionCall call) {
        try {
            checkArity(call.args().size());
        } catch (EngineException e) {
            throw e.at(call.where());
        }
        List<Expr> cast = new ArrayList<>();
        for (int i = 0; i < call.args().size(); i++) {
            Expr arg = call.args().get(i);
            DataType wanted = function.arguments().get(i).type();
            if (!CommonTypes.implicitly(arg.type(), wanted, arg instanceof Expr.Literal)) {
                throw new EngineException(
                        ErrorCode.DATATYPE_MISMATCH__UNEXPECTED_INPUT_TYPE,
                        Map.of(
                                "sqlExpr", "\"" + name + "\"",
                                "paramIndex", i + 1,
                                "requiredType", "\"" + wanted.sql() + "\"",
                                "inputSql", "\"" + arg.sql() + "\"",
                                "inputType", "\"" + arg.type().sql() + "\""),
                        call.where());
            }
            cast.add(CommonTypes.cast(arg, wanted, call.mode()));
        }
        return new Expr.AggregateCall(
                function, cast, call.distinct(), call.filter(), function.result(), call.mode());
    }
}
