package dev.vitrine.engine.api;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.logical.JoinType;
import dev.vitrine.engine.logical.LogicalPlan;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Joins of frames. A column that was taken from one side means that side, even where the same
/// frame stands inside the other too: `df.join(df.filter(…), df.col("a").equalTo(…))`.
record FrameJoins(LogicalPlan left, LogicalPlan right, JoinType type) {
    static JoinType type(String how) {
        return switch (how.toLowerCase(Locale.ROOT).replace("_", "")) {
            case "inner" -> JoinType.INNER;
            case "cross" -> JoinType.CROSS;
            case "outer", "full", "fullouter" -> JoinType.FULL_OUTER;
            case "left", "leftouter" -> JoinType.LEFT_OUTER;
            case "right", "rightouter" -> JoinType.RIGHT_OUTER;
            case "semi", "leftsemi" -> JoinType.LEFT_SEMI;
            case "anti", "leftanti" -> JoinType.LEFT_ANTI;
            default ->
                    throw unsupported(
                            how,
                            "inner, outer, full, left, right, semi, anti, cross and their longer"
                                    + " forms");
        };
    }

    static JoinType lateralType(String how) {
        JoinType type = type(how);
        if (!type.isInner() && type != JoinType.LEFT_OUTER) {
            throw unsupported(how, "inner, left, cross");
        }
        return type;
    }

    private static EngineException unsupported(String how, String supported) {
        return new EngineException(
                ErrorCode.UNSUPPORTED_JOIN_TYPE,
                Map.of("typ", "'" + how + "'", "supported", supported));
    }

    @SuppressWarnings("ReferenceEquality") // a frame is its plan object
    LogicalPlan on(Expr condition) {
        boolean same = left == right;
        // A star over a side gives the same columns, and is an object of its own to name.
        LogicalPlan named = same || contains(right, left) ? renewed(left) : left;
        LogicalPlan other = same || contains(left, right) ? renewed(right) : right;
        if (named == left && other == right) {
            return new LogicalPlan.Join(left, right, type, Optional.of(condition));
        }
        Expr sided = same ? condition.transformUp(node -> onBoth(node, named, other)) : condition;
        Expr placed =
                sided.transformUp(node -> {
                    if (!(node instanceof Expr.InputColumn(var plan, int ordinal, var name))) {
                        return node;
                    }
                    LogicalPlan side = plan == left && !same ? named : plan == right ? other : null;
                    return side == null || same ? node : new Expr.InputColumn(side, ordinal, name);
                });
        return new LogicalPlan.Join(named, other, type, Optional.of(placed));
    }

    /// Of a frame joined with itself, `a = a` compares the two sides.
    private Expr onBoth(Expr node, LogicalPlan named, LogicalPlan other) {
        boolean equality =
                node instanceof Expr.UnresolvedOperator operator
                        && (operator.symbol().equals("=") || operator.symbol().equals("<=>"));
        if (equality
                && node instanceof Expr.UnresolvedOperator(var symbol, var args, var where)
                && args.get(0) instanceof Expr.InputColumn one
                && args.get(1) instanceof Expr.InputColumn two
                && one.plan() == left
                && two.plan() == left
                && one.ordinal() == two.ordinal()) {
            return new Expr.UnresolvedOperator(
                    symbol,
                    List.of(
                            new Expr.InputColumn(named, one.ordinal(), one.name()),
                            new Expr.InputColumn(other, two.ordinal(), two.name())),
                    where);
        }
        return node;
    }

    private static LogicalPlan renewed(LogicalPlan plan) {
        return new LogicalPlan.Project(plan, List.of(Functions.col("*").expr()));
    }

    @SuppressWarnings("ReferenceEquality") // a frame is its plan object
    private static boolean contains(LogicalPlan tree, LogicalPlan part) {
        return contains(tree, part, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    @SuppressWarnings("ReferenceEquality") // a frame is its plan object
    private static boolean contains(LogicalPlan tree, LogicalPlan part, Set<LogicalPlan> visited) {
        if (tree == part) {
            return true;
        }
        return visited.add(tree)
                && tree.children().stream().anyMatch(child -> contains(child, part, visited));
    }
}
