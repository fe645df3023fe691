package dev.vitrine.engine.optimizer;

import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.Expr.Attribute;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.LogicalPlan.*;
import dev.vitrine.engine.logical.LogicalPlanTree;
import dev.vitrine.engine.types.DataType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What holds of every analyzed plan and must still hold after every rule. Run by tests.
public final class PlanChecks {
    private final List<String> problems = new ArrayList<>();

    private PlanChecks() {}

    /// What is wrong with a plan, one sentence each; empty where it is sound.
    public static List<String> problems(LogicalPlan plan) {
        PlanChecks checks = new PlanChecks();
        checks.check(plan);
        return checks.problems;
    }

    /// What a rewrite changed of a plan's output, which it must not.
    public static List<String> differences(LogicalPlan before, LogicalPlan after) {
        List<String> found = new ArrayList<>();
        List<Attribute> a = before.output();
        List<Attribute> b = after.output();
        if (a.size() != b.size()) {
            found.add("the plan had " + a.size() + " columns and has " + b.size());
            return found;
        }
        for (int i = 0; i < a.size(); i++) {
            boolean same =
                    a.get(i).id() == b.get(i).id()
                            && a.get(i).name().equals(b.get(i).name())
                            && a.get(i).type().equals(b.get(i).type());
            if (!same) {
                found.add(
                        "column "
                                + i
                                + " was "
                                + LogicalPlanTree.text(a.get(i))
                                + " and is "
                                + LogicalPlanTree.text(b.get(i)));
            }
        }
        return found;
    }

    private void check(LogicalPlan plan) {
        plan.children().forEach(this::check);
        columnsAreThere(plan);
        conditionsAreBoolean(plan);
        sidesDiffer(plan);
        inputsAgree(plan);
        aggregatesAreWhereTheyBelong(plan);
        plan.forEachSubquery(this::check);
    }

    private void columnsAreThere(LogicalPlan plan) {
        Map<Long, DataType> given = new HashMap<>();
        plan.children().forEach(child -> child.output().forEach(a -> given.put(a.id(), a.type())));
        for (Expr expr : plan.exprs()) {
            expr.forEach(e -> {
                if (e instanceof Attribute a) {
                    DataType type = given.get(a.id());
                    if (type == null) {
                        problem(
                                plan,
                                LogicalPlanTree.text(a) + " is not among its input's columns");
                    } else if (!type.equals(a.type())) {
                        problem(
                                plan,
                                LogicalPlanTree.text(a)
                                        + " is "
                                        + type.sql()
                                        + " below and "
                                        + a.type().sql()
                                        + " here");
                    }
                }
            });
        }
    }

    private void conditionsAreBoolean(LogicalPlan plan) {
        Expr condition =
                switch (plan) {
                    case Filter(var input, var predicate) -> predicate;
                    case Join join -> join.condition().orElse(Expr.Literal.TRUE);
                    default -> Expr.Literal.TRUE;
                };
        if (condition.type() != DataType.BOOLEAN) {
            problem(plan, "the condition " + condition.sql() + " is " + condition.type().sql());
        }
    }

    private void sidesDiffer(LogicalPlan plan) {
        if (!(plan instanceof Join join)) {
            return;
        }
        for (Attribute a : join.left().output()) {
            if (join.right().output().stream().anyMatch(b -> b.id() == a.id())) {
                problem(plan, LogicalPlanTree.text(a) + " comes from both sides");
            }
        }
    }

    private void inputsAgree(LogicalPlan plan) {
        List<LogicalPlan> inputs =
                switch (plan) {
                    case Union union -> union.inputs();
                    case SetOperation operation -> List.of(operation.left(), operation.right());
                    default -> List.of();
                };
        for (LogicalPlan input : inputs) {
            List<DataType> wanted = plan.output().stream().map(Attribute::type).toList();
            List<DataType> given = input.output().stream().map(Attribute::type).toList();
            if (!wanted.equals(given)) {
                problem(plan, "an input has the types " + given + ", not " + wanted);
            }
        }
    }

    private void aggregatesAreWhereTheyBelong(LogicalPlan plan) {
        if (plan instanceof Aggregate aggregate) {
            List<Long> keys = new ArrayList<>();
            aggregate.groupings().forEach(g -> keys.addAll(g.references()));
            for (Expr output : aggregate.outputs()) {
                outsideAggregates(output)
                        .forEach(a -> {
                            if (!keys.contains(a.id())) {
                                problem(plan, LogicalPlanTree.text(a) + " is not grouped by");
                            }
                        });
            }
        } else if (!(plan instanceof Window || plan instanceof WindowGroupLimit)
                && plan.exprs().stream()
                        .anyMatch(e -> e.any(Expr.AggregateCall.class::isInstance))) {
            problem(plan, "an aggregate stands outside an Aggregate");
        }
    }

    private static List<Attribute> outsideAggregates(Expr expr) {
        return switch (expr) {
            case Expr.AggregateCall call -> List.of();
            case Attribute a -> List.of(a);
            default ->
                    expr.children().stream().flatMap(c -> outsideAggregates(c).stream()).toList();
        };
    }

    private void problem(LogicalPlan plan, String what) {
        problems.add(LogicalPlanTree.label(plan) + ": " + what);
    }
}
