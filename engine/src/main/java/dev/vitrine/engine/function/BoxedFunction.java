package dev.vitrine.engine.function;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.CallSite;
import dev.vitrine.engine.expr.EvalMode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.ScalarFunction;
import java.time.DateTimeException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A scalar function put together from its parts by [ScalarDefinition]. Compared by identity: there
/// is one object a function.
final class BoxedFunction implements ScalarFunction {
    private final String name;
    private final ScalarDefinition parts;
    private final ScalarDefinition.Body body;

    BoxedFunction(String name, ScalarDefinition parts, ScalarDefinition.Body body) {
        this.name = name;
        this.parts = parts;
        this.body = body;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public @Nullable Object evaluate(@Nullable Object[] args, CallSite site) {
        try {
            return body.apply(args, site);
        } catch (ArithmeticException e) {
            return failed(ErrorCode.ARITHMETIC_OVERFLOW, "message", e, site);
        } catch (DateTimeException e) {
            return failed(ErrorCode.DATETIME_OVERFLOW, "operation", e, site);
        }
    }

    /// A result that no value of its type can hold.
    private @Nullable Object failed(
            ErrorCode code, String argument, RuntimeException cause, CallSite site) {
        if (site.mode() == EvalMode.TRY) {
            return null;
        }
        String message = name + ": " + cause.getMessage();
        throw new EngineException(code, Map.of(argument, message), null, cause);
    }

    @Override
    public boolean nullPropagating() {
        return parts.nullPropagating;
    }

    @Override
    public boolean nullable(List<Expr> args) {
        return switch (parts.nullability) {
            case BY_ARGUMENTS -> args.stream().anyMatch(Expr::nullable);
            case ALWAYS -> true;
            case NEVER -> false;
        };
    }

    @Override
    public boolean deterministic() {
        return parts.deterministic;
    }

    @Override
    public boolean canFail(CallSite site) {
        Predicate<CallSite> test = parts.canFail;
        return test.test(site);
    }

    @Override
    public Optional<String> javaTemplate(CallSite site) {
        return parts.nullPropagating ? parts.template.apply(site) : Optional.empty();
    }

    @Override
    public String toString() {
        return name;
    }
}
