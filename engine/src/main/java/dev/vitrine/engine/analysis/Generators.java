package dev.vitrine.engine.analysis;

import dev.vitrine.engine.catalog.SqlFunction;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.Expr.Attribute;
import dev.vitrine.engine.function.FunctionKind;
import dev.vitrine.engine.logical.JoinType;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.types.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Generators in a select list, in LATERAL VIEW and after FROM become Generate nodes.
final class Generators {
    private final Analyzer analyzer;
    private boolean taken;

    Generators(Analyzer analyzer) {
        this.analyzer = analyzer;
    }

    /// @param columns what the generator gives, as the select list names it
    record Made(LogicalPlan plan, List<Attribute> columns) {}

    /// Whether an item of a select list is a generator, with names or without.
    boolean isGenerator(Expr item) {
        return call(item)
                .flatMap(f -> analyzer.functions().find(f.name()))
                .map(entry -> entry.kind() == FunctionKind.GENERATOR)
                .orElse(false);
    }

    private static Optional<Expr.UnresolvedFunction> call(Expr item) {
        return switch (item) {
            case Expr.Alias(var input, var name, var id) -> call(input);
            case Expr.MultiAlias(var input, var names) -> call(input);
            case Expr.UnresolvedFunction f -> Optional.of(f);
            default -> Optional.empty();
        };
    }

    /// The generator of a select list, over `input`.
    Made take(LogicalPlan input, Expr item, ExprResolver resolver, LogicalPlan written) {
        if (taken) {
            throw new EngineException(
                    ErrorCode.UNSUPPORTED_GENERATOR__MULTI_GENERATOR,
                    Map.of("num", 2),
                    analyzer.range(item).orElse(null));
        }
        taken = true;
        List<String> names =
                switch (item) {
                    case Expr.Alias(var inner, var name, var id) -> List.of(name);
                    case Expr.MultiAlias(var inner, var several) -> several;
                    default -> List.of();
                };
        return made(input, call(item).orElseThrow(), resolver, names, false, written);
    }

    private Made made(
            LogicalPlan input,
            Expr.UnresolvedFunction function,
            ExprResolver resolver,
            List<String> names,
            boolean outer,
            LogicalPlan written) {
        Expr.GeneratorCall call = (Expr.GeneratorCall) resolver.generator(function);
        List<Field> fields = call.fields();
        if (!names.isEmpty() && names.size() != fields.size()) {
            boolean table =
                    written instanceof LogicalPlan.UnresolvedGenerate && input.output().isEmpty();
            throw new EngineException(
                    table
                            ? ErrorCode.NUM_TABLE_VALUE_ALIASES_MISMATCH
                            : ErrorCode.UDTF_ALIAS_NUMBER_MISMATCH,
                    Map.of(
                            "aliasesSize",
                            names.size(),
                            "outputSize",
                            fields.size(),
                            "aliasesNum",
                            names.size(),
                            "outColsNum",
                            fields.size(),
                            "funcName",
                            "`" + function.name() + "`"),
                    function.where());
        }
        List<Attribute> columns = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            columns.add(
                    new Attribute(
                            analyzer.context().newAttributeId(),
                            names.isEmpty() ? fields.get(i).name() : names.get(i),
                            fields.get(i).type(),
                            fields.get(i).nullable() || outer));
        }
        LogicalPlan plan =
                analyzer.made(new LogicalPlan.Generate(input, call, outer, columns), written);
        return new Made(plan, columns);
    }

    /// LATERAL VIEW, or a table function.
    Resolved resolve(LogicalPlan.UnresolvedGenerate written, Resolved input, Scope scope) {
        Expr.UnresolvedFunction function = (Expr.UnresolvedFunction) written.function();
        Optional<SqlFunction> own = analyzer.ownFunction(function.name());
        if (own.isPresent() && own.get().returnsTable()) {
            return own(own.get(), written, input, scope);
        }
        Optional<FunctionKind> kind =
                analyzer.functions().find(function.name()).map(entry -> entry.kind());
        if (!kind.equals(Optional.of(FunctionKind.GENERATOR))) {
            throw new EngineException(
                    kind.isPresent()
                            ? ErrorCode.NOT_A_TABLE_FUNCTION
                            : ErrorCode.UNRESOLVABLE_TABLE_VALUED_FUNCTION,
                    Map.of(
                            "functionName", "`" + function.name() + "`",
                            "name", "`" + function.name() + "`"),
                    function.where());
        }
        Made made =
                made(
                        input.plan(),
                        function,
                        new ExprResolver(analyzer, scope.over(input)),
                        written.columns(),
                        written.outer(),
                        written);
        List<String> qualifier = written.alias().map(List::of).orElse(List.of());
        List<Attribute> columns = new ArrayList<>(input.columns());
        made.columns().forEach(c -> columns.add(c.withQualifier(qualifier)));
        return new Resolved(made.plan(), columns, input.hidden());
    }

    /// A table function written in SQL: a lateral join with its rows, or these alone.
    private Resolved own(
            SqlFunction function,
            LogicalPlan.UnresolvedGenerate written,
            Resolved input,
            Scope scope) {
        Expr.UnresolvedFunction call = (Expr.UnresolvedFunction) written.function();
        boolean alone =
                input.columns().isEmpty() && input.plan() instanceof LogicalPlan.LocalRelation;
        Scope around = alone ? scope : scope.over(input).inner();
        List<Expr> args = new ExprResolver(analyzer, around).resolveAll(call.args());
        Resolved rows = new SqlFunctions(analyzer).rows(function, args, call.where());
        List<Attribute> named = new ArrayList<>();
        if (!written.columns().isEmpty() && written.columns().size() != rows.columns().size()) {
            throw new EngineException(
                    ErrorCode.NUM_TABLE_VALUE_ALIASES_MISMATCH,
                    Map.of(
                            "aliasesNum", written.columns().size(),
                            "outColsNum", rows.columns().size(),
                            "funcName", "`" + call.name() + "`"),
                    call.where());
        }
        List<String> qualifier = List.of(written.alias().orElse(function.name().name()));
        for (int i = 0; i < rows.columns().size(); i++) {
            Attribute column = rows.columns().get(i).withQualifier(qualifier);
            named.add(
                    written.columns().isEmpty() ? column : column.named(written.columns().get(i)));
        }
        if (alone) {
            return new Resolved(rows.plan(), named, List.of());
        }
        LogicalPlan join =
                analyzer.made(
                        new LogicalPlan.LateralJoin(
                                input.plan(),
                                rows.plan(),
                                written.outer() ? JoinType.LEFT_OUTER : JoinType.INNER,
                                Optional.empty()),
                        written);
        List<Attribute> columns = new ArrayList<>(input.columns());
        columns.addAll(named);
        return new Resolved(join, Nullability.asIn(join.output(), columns), input.hidden());
    }
}
