package dev.vitrine.engine.function;

import dev.vitrine.engine.expr.CallSite;
import dev.vitrine.engine.expr.EvalMode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.types.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The parts of a scalar function while it is being written down; ends with [#computedBy].
final class ScalarDefinition {
    private final String group;
    private final String signature;
    private final String doc;
    private final String example;
    private final String result;
    private final List<ArgType> args = new ArrayList<>();
    private int optional;
    private Optional<ArgType> rest = Optional.empty();
    private boolean common;
    private Function<FunctionCall, DataType> type = call -> call.type(0);
    private UnaryOperator<FunctionCall> preparation = call -> call;

    boolean nullPropagating = true;
    Nullability nullability = Nullability.BY_ARGUMENTS;
    boolean deterministic = true;
    Predicate<CallSite> canFail = site -> false;
    Function<CallSite, Optional<String>> template = site -> Optional.empty();

    enum Nullability {
        BY_ARGUMENTS,
        ALWAYS,
        NEVER
    }

    /// The value for boxed arguments.
    @FunctionalInterface
    interface Body {
        @Nullable Object apply(@Nullable Object[] args, CallSite site);
    }

    private ScalarDefinition(
            String group, String signature, String doc, String example, String result) {
        this.group = group;
        this.signature = signature;
        this.doc = doc;
        this.example = example;
        this.result = result;
    }

    /// @param signature `name(a, b[, c])`; the function's name is what stands before the
    ///   parenthesis
    static ScalarDefinition define(
            String group, String signature, String doc, String example, String result) {
        return new ScalarDefinition(group, signature, doc, example, result);
    }

    ScalarDefinition takes(ArgType... types) {
        args.addAll(List.of(types));
        return this;
    }

    ScalarDefinition maybe(ArgType... types) {
        args.addAll(List.of(types));
        optional += types.length;
        return this;
    }

    /// Any number of further arguments.
    ScalarDefinition andMore(ArgType each) {
        rest = Optional.of(each);
        return this;
    }

    /// All arguments are brought to their common type.
    ScalarDefinition ofCommonType() {
        common = true;
        return this;
    }

    ScalarDefinition returns(DataType always) {
        type = call -> always;
        return this;
    }

    /// The type from the call with its arguments already cast.
    ScalarDefinition returns(Function<FunctionCall, DataType> byCall) {
        type = byCall;
        return this;
    }

    /// What happens to the arguments, as many as there should be, before they are cast: lambdas get
    /// their parameters, types are checked together.
    ScalarDefinition prepared(UnaryOperator<FunctionCall> change) {
        preparation = change;
        return this;
    }

    /// NULL arguments reach the body.
    ScalarDefinition seesNulls(Nullability result) {
        nullPropagating = false;
        nullability = result;
        return this;
    }

    ScalarDefinition nullable() {
        nullability = Nullability.ALWAYS;
        return this;
    }

    ScalarDefinition varies() {
        deterministic = false;
        return this;
    }

    ScalarDefinition fails() {
        canFail = site -> true;
        return this;
    }

    /// Fails in ANSI mode; gives NULL in the others.
    ScalarDefinition failsInAnsi() {
        canFail = site -> site.mode() == EvalMode.ANSI;
        nullability = Nullability.ALWAYS;
        return this;
    }

    ScalarDefinition failsWhere(Predicate<CallSite> test) {
        canFail = test;
        return this;
    }

    ScalarDefinition java(String expression) {
        template = site -> Optional.of(expression);
        return this;
    }

    ScalarDefinition java(Function<CallSite, Optional<String>> bySite) {
        template = bySite;
        return this;
    }

    FunctionEntry computedBy(Body body) {
        String name = signature.substring(0, signature.indexOf('('));
        BoxedFunction function = new BoxedFunction(name, this, body);
        return new FunctionEntry(
                name,
                List.of(),
                FunctionKind.SCALAR,
                group,
                signature,
                doc,
                example,
                result,
                call -> resolve(call, function));
    }

    private Expr resolve(FunctionCall written, BoxedFunction function) {
        written.arity(args.size() - optional, rest.isPresent() ? Integer.MAX_VALUE : args.size());
        FunctionCall call = preparation.apply(written);
        List<Expr> cast = new ArrayList<>();
        for (int i = 0; i < call.size(); i++) {
            ArgType want = i < args.size() ? args.get(i) : rest.orElseThrow();
            cast.add(call.as(i, want));
        }
        FunctionCall ready = call.withArgs(cast);
        if (common) {
            ready = ready.withArgs(ready.common());
        }
        return new Expr.Call(function, ready.args(), type.apply(ready), call.mode());
    }
}
