package dev.vitrine.engine.api;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.EvalMode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.ScalarFunction;
import dev.vitrine.engine.function.FunctionCall;
import dev.vitrine.engine.function.FunctionEntry;
import dev.vitrine.engine.function.FunctionKind;
import dev.vitrine.engine.types.DataType;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Supplier;

/// A function of the user's, to be applied to columns; under Spark's name. Immutable.
///
/// It is called once for every row that needs its value. The optimizer takes it as it takes its own
/// functions: one that is not [#asNondeterministic] may be called before there are rows where all
/// arguments are constant, and less or more often than there are rows.
public final class UserDefinedFunction {
    private static final String ANONYMOUS = "UDF";

    private final String name;
    private final Code code;
    private final DataType type;
    private final boolean deterministic;
    private final boolean nullable;

    /// What is called: once for a row, or once for many.
    sealed interface Code {
        record PerRow(JavaFunction function) implements Code {}

        record PerBatch(VectorUdf function) implements Code {}
    }

    private UserDefinedFunction(
            String name, Code code, DataType type, boolean deterministic, boolean nullable) {
        this.name = name;
        this.code = code;
        this.type = type;
        this.deterministic = deterministic;
        this.nullable = nullable;
    }

    /// @param function a [UDF0] to [UDF10] or a [VectorUdf]
    /// @throws IllegalArgumentException where it is none of them
    static UserDefinedFunction of(Object function, DataType type) {
        return of(function.getClass(), () -> function, type);
    }

    /// A function whose object is made when it is first called.
    ///
    /// @throws IllegalArgumentException where objects of `kind` are no functions
    static UserDefinedFunction of(Class<?> kind, Supplier<Object> function, DataType type) {
        Code code =
                VectorUdf.class.isAssignableFrom(kind)
                        ? new Code.PerBatch((columns, rows, out) ->
                                ((VectorUdf) function.get()).call(columns, rows, out))
                        : JavaFunction.of(kind, function)
                                .map(Code.PerRow::new)
                                .orElseThrow(() ->
                                        new IllegalArgumentException(
                                                "the class is none of UDF0 to UDF10, nor a"
                                                        + " VectorUdf"));
        return new UserDefinedFunction(ANONYMOUS, code, type, true, true);
    }

    /// A function written as a Java class, under a name; [UDFRegistration#registerJava] says of
    /// what form. Nothing of the class runs before the function is called.
    ///
    /// @throws EngineException INVALID_JAVA_SNIPPET or NO_JAVA_COMPILER
    public static UserDefinedFunction ofSource(String name, String source) {
        return new JavaSnippet(name, source).function().withName(name);
    }

    /// The function over expressions, for those who make plans.
    ///
    /// @throws EngineException WRONG_NUM_ARGS
    public Expr over(List<Expr> args) {
        checkArity(args.size());
        return new Expr.Call(function(), args, type, EvalMode.ANSI);
    }

    /// The function over these columns.
    ///
    /// @throws EngineException WRONG_NUM_ARGS
    public Column apply(Column... args) {
        return new Column(over(Column.exprs(args)));
    }

    /// The same function, whose value may differ where its arguments do not: it is neither computed
    /// ahead nor moved.
    public UserDefinedFunction asNondeterministic() {
        return new UserDefinedFunction(name, code, type, false, nullable);
    }

    /// The same function, which says that it never gives null; where it does, that is an error.
    public UserDefinedFunction asNonNullable() {
        return new UserDefinedFunction(name, code, type, deterministic, false);
    }

    /// The same function under a name, which plans, errors and columns then show.
    public UserDefinedFunction withName(String changed) {
        return new UserDefinedFunction(changed, code, type, deterministic, nullable);
    }

    public boolean deterministic() {
        return deterministic;
    }

    public boolean nullable() {
        return nullable;
    }

    private ScalarFunction function() {
        return switch (code) {
            case Code.PerRow(var body) -> new UserFunction(name, body, deterministic, nullable);
            case Code.PerBatch(var body) ->
                    new UserVectorFunction(name, body, deterministic, nullable);
        };
    }

    private OptionalInt arity() {
        return switch (code) {
            case Code.PerRow(var function) -> OptionalInt.of(function.arity());
            case Code.PerBatch b -> OptionalInt.empty();
        };
    }

    private void checkArity(int given) {
        OptionalInt wanted = arity();
        if (wanted.isPresent() && wanted.getAsInt() != given) {
            throw new EngineException(
                    ErrorCode.WRONG_NUM_ARGS__WITHOUT_SUGGESTION,
                    Map.of(
                            "functionName",
                            "`" + name + "`",
                            "expectedNum",
                            wanted.getAsInt(),
                            "actualNum",
                            given));
        }
    }

    /// The function as the registry of a session has it.
    FunctionEntry entry() {
        ScalarFunction function = function();
        OptionalInt arity = arity();
        String arguments =
                arity.isEmpty()
                        ? "…"
                        : String.join(
                                ", ",
                                java.util.stream.IntStream.rangeClosed(1, arity.getAsInt())
                                        .mapToObj(i -> "arg" + i)
                                        .toList());
        String signature = name + "(" + arguments + ")";
        String doc =
                "User-defined function in Java, gives "
                        + type.sql()
                        + (deterministic ? "." : "; not deterministic.");
        return new FunctionEntry(
                name,
                List.of(),
                FunctionKind.SCALAR,
                "user",
                signature,
                doc,
                "",
                "",
                List.of(),
                call -> resolve(call, function));
    }

    private Expr resolve(FunctionCall call, ScalarFunction function) {
        try {
            checkArity(call.args().size());
        } catch (EngineException e) {
            throw e.at(call.where());
        }
        return new Expr.Call(function, call.args(), type, call.mode());
    }
}
