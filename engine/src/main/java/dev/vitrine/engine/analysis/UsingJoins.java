package dev.vitrine.engine.analysis;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.Expr.Attribute;
import dev.vitrine.engine.function.FunctionCall;
import dev.vitrine.engine.logical.LogicalPlan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// USING and NATURAL joins: columns of equal name are compared and shown once.
final class UsingJoins {
    private final Analyzer analyzer;

    UsingJoins(Analyzer analyzer) {
        this.analyzer = analyzer;
    }

    Resolved resolve(LogicalPlan.UsingJoin join, Scope scope) {
        Resolved left = analyzer.resolve(join.left(), scope);
        Resolved right = analyzer.resolve(join.right(), scope);
        List<String> names = join.columns().isEmpty() ? shared(left, right, scope) : join.columns();
        List<Attribute> leftKeys = keys(join, left, scope, names);
        List<Attribute> rightKeys = keys(join, right, scope, names);
        List<Expr> terms = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            terms.add(equal(leftKeys.get(i), rightKeys.get(i)));
        }
        Optional<Expr> condition =
                terms.isEmpty() ? Optional.empty() : Optional.of(Expr.and(terms));
        LogicalPlan plan =
                analyzer.made(
                        new LogicalPlan.Join(left.plan(), right.plan(), join.joinType(), condition),
                        join);
        if (join.joinType().leftOnly()) {
            return left.withPlan(plan);
        }
        return shown(join, plan, left, right, leftKeys, rightKeys);
    }

    private Resolved shown(
            LogicalPlan.UsingJoin join,
            LogicalPlan plan,
            Resolved left,
            Resolved right,
            List<Attribute> leftKeys,
            List<Attribute> rightKeys) {
        List<Attribute> visible = new ArrayList<>();
        List<Attribute> hidden = new ArrayList<>();
        LogicalPlan result = plan;
        switch (join.joinType()) {
            case FULL_OUTER -> {
                List<Expr> exprs = new ArrayList<>();
                for (int i = 0; i < leftKeys.size(); i++) {
                    Attribute l = leftKeys.get(i).withQualifier(List.of()).withNullable(true);
                    Attribute r = rightKeys.get(i).withQualifier(List.of()).withNullable(true);
                    FunctionCall call = call(l, r);
                    Expr either = analyzer.functions().resolve("coalesce", call);
                    exprs.add(
                            new Expr.Alias(either, l.name(), analyzer.context().newAttributeId()));
                }
                visible.addAll(LogicalPlan.attributes(exprs));
                exprs.addAll(plan.output());
                result = analyzer.made(new LogicalPlan.Project(plan, exprs), join);
                hidden.addAll(leftKeys);
                hidden.addAll(rightKeys);
            }
            case RIGHT_OUTER -> {
                visible.addAll(rightKeys);
                hidden.addAll(leftKeys);
            }
            case INNER, CROSS, LEFT_OUTER, LEFT_SEMI, LEFT_ANTI -> {
                visible.addAll(leftKeys);
                hidden.addAll(rightKeys);
            }
        }
        Set<Long> keys = new HashSet<>();
        leftKeys.forEach(k -> keys.add(k.id()));
        rightKeys.forEach(k -> keys.add(k.id()));
        left.columns().stream().filter(c -> !keys.contains(c.id())).forEach(visible::add);
        right.columns().stream().filter(c -> !keys.contains(c.id())).forEach(visible::add);
        hidden.addAll(left.hidden());
        hidden.addAll(right.hidden());
        return new Resolved(
                result,
                Nullability.asIn(result.output(), visible),
                Nullability.asIn(result.output(), hidden));
    }

    private FunctionCall call(Expr left, Expr right) {
        return analyzer.call("=", List.of(left, right));
    }

    private Expr equal(Attribute left, Attribute right) {
        return analyzer.functions()
                .operator("=", call(left.withQualifier(List.of()), right.withQualifier(List.of())));
    }

    private static List<String> shared(Resolved left, Resolved right, Scope scope) {
        return left.columns().stream()
                .map(Attribute::name)
                .filter(name ->
                        right.columns().stream().anyMatch(c -> scope.sameName(c.name(), name)))
                .distinct()
                .toList();
    }

    private List<Attribute> keys(
            LogicalPlan.UsingJoin join, Resolved side, Scope scope, List<String> names) {
        List<Attribute> keys = new ArrayList<>();
        for (String name : names) {
            var where = analyzer.context().origin(join).sql().orElse(null);
            Expr found =
                    scope.over(side)
                            .find(List.of(name), where)
                            .orElseThrow(() ->
                                    new EngineException(
                                            ErrorCode.UNRESOLVED_USING_COLUMN_FOR_JOIN,
                                            Map.of(
                                                    "colName",
                                                    Scope.quoted(List.of(name)),
                                                    "suggestion",
                                                    side.columns().stream()
                                                            .map(Attribute::name)
                                                            .toList()),
                                            where));
            keys.add(
                    side.columns().stream()
                            .filter(c -> found.references().contains(c.id()))
                            .findFirst()
                            .orElseThrow(() ->
                                    new EngineException(
                                            ErrorCode.UNRESOLVED_COLUMN__WITHOUT_SUGGESTION,
                                            Map.of("objectName", name))));
        }
        return keys;
    }
}
