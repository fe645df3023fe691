package dev.vitrine.engine.optimizer;

import dev.vitrine.engine.logical.LogicalPlan;

/// One rewrite. A rule sees one node (with its subtree), and gives it back unchanged, the same
/// object, or replaced; it never walks the tree itself: [Optimizer] does.
public interface Rule {
    /// The name that users see and exclude it by.
    default String name() {
        return getClass().getSimpleName();
    }

    /// Whether plans cannot be executed without it, so that it runs even when the optimizer is off.
    default boolean required() {
        return false;
    }

    /// Whether it runs with the optimizer off too, because plans without it would be far too dear
    /// to try; it can still be excluded by name.
    default boolean basic() {
        return false;
    }

    /// Whether it is given the root of the plan only, because what it changes depends on everything
    /// above.
    default boolean wholePlan() {
        return false;
    }

    /// The node, or what takes its place.
    LogicalPlan apply(LogicalPlan node, RuleContext context);
}
