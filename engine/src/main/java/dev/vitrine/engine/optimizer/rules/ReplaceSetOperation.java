package dev.vitrine.engine.optimizer.rules;

import dev.vitrine.engine.expr.EvalMode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.Expr.Attribute;
import dev.vitrine.engine.function.AggregateFunctions;
import dev.vitrine.engine.function.GeneratorFunctions;
import dev.vitrine.engine.logical.JoinType;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.LogicalPlan.SetOperation;
import dev.vitrine.engine.optimizer.Rule;
import dev.vitrine.engine.optimizer.RuleContext;
import dev.vitrine.engine.types.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `x INTERSECT y` becomes the distinct rows of `Join LeftSemi(x, y)`, `x EXCEPT y` those of `Join
/// LeftAnti(x, y)`, on all columns, NULL equal to NULL. With ALL the rows of both sides are counted
/// and given as often as the counts say.
public record ReplaceSetOperation() implements Rule {
    @Override
    public boolean required() {
        return true;
    }

    @Override
    public LogicalPlan apply(LogicalPlan node, RuleContext context) {
        if (!(node instanceof SetOperation(var left, var right, var kind, boolean all))) {
            return node;
        }
        if (all) {
            return counted(left, right, kind, context);
        }
        List<Expr> equal = new ArrayList<>();
        for (int i = 0; i < left.output().size(); i++) {
            equal.add(
                    new Expr.Comparison(
                            Expr.ComparisonOp.NULL_SAFE_EQ,
                            left.output().get(i),
                            right.output().get(i)));
        }
        JoinType type =
                kind == SetOperation.Kind.INTERSECT ? JoinType.LEFT_SEMI : JoinType.LEFT_ANTI;
        LogicalPlan joined = new LogicalPlan.Join(left, right, type, Optional.of(Expr.and(equal)));
        List<Expr> columns = List.copyOf(left.output());
        return new LogicalPlan.Aggregate(joined, columns, columns);
    }

    /// Each row as often as the difference of its numbers on both sides, or the smaller of them.
    private static LogicalPlan counted(
            LogicalPlan left, LogicalPlan right, SetOperation.Kind kind, RuleContext context) {
        List<Attribute> columns = new ArrayList<>();
        for (Attribute a : left.output()) {
            columns.add(new Attribute(id(context), a.name(), a.type(), true));
        }
        Attribute inLeft = new Attribute(id(context), "left", DataType.BOOLEAN, true);
        Attribute inRight = new Attribute(id(context), "right", DataType.BOOLEAN, true);
        List<Attribute> all = new ArrayList<>(columns);
        all.add(inLeft);
        all.add(inRight);
        LogicalPlan both =
                new LogicalPlan.Union(
                        List.of(marked(left, true, context), marked(right, false, context)),
                        false,
                        all);
        Expr.Alias lefts = count(inLeft, context);
        Expr.Alias rights = count(inRight, context);
        List<Expr> outputs = new ArrayList<>(columns);
        outputs.add(lefts);
        outputs.add(rights);
        LogicalPlan counts = new LogicalPlan.Aggregate(both, List.copyOf(columns), outputs);
        Expr l = lefts.toAttribute();
        Expr r = rights.toAttribute();
        Expr times =
                kind == SetOperation.Kind.EXCEPT
                        ? new Expr.Arithmetic(
                                Expr.ArithmeticOp.SUBTRACT, l, r, DataType.BIGINT, EvalMode.ANSI)
                        : new Expr.Case(
                                List.of(
                                        new Expr.Case.Branch(
                                                new Expr.Comparison(Expr.ComparisonOp.LT, l, r),
                                                l)),
                                r,
                                DataType.BIGINT);
        LogicalPlan repeated =
                new LogicalPlan.Generate(
                        counts,
                        new Expr.GeneratorCall(
                                GeneratorFunctions.REPEAT, List.of(times), List.of()),
                        false,
                        List.of());
        List<Expr> result = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            Attribute named = left.output().get(i);
            result.add(new Expr.Alias(columns.get(i), named.name(), named.id()));
        }
        return new LogicalPlan.Project(repeated, result);
    }

    private static long id(RuleContext context) {
        return context.plans().newAttributeId();
    }

    private static LogicalPlan marked(LogicalPlan input, boolean left, RuleContext context) {
        List<Expr> columns = new ArrayList<>(input.output());
        Expr none = Expr.Literal.nullOf(DataType.BOOLEAN);
        columns.add(new Expr.Alias(left ? Expr.Literal.TRUE : none, "left", id(context)));
        columns.add(new Expr.Alias(left ? none : Expr.Literal.TRUE, "right", id(context)));
        return new LogicalPlan.Project(input, columns);
    }

    private static Expr.Alias count(Attribute marker, RuleContext context) {
        Expr call =
                new Expr.AggregateCall(
                        AggregateFunctions.COUNT,
                        List.of(marker),
                        false,
                        Optional.empty(),
                        DataType.BIGINT,
                        EvalMode.ANSI);
        return new Expr.Alias(call, "count(" + marker.name() + ")", id(context));
    }
}
