package dev.vitrine.engine.catalog;

import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.PlanContext;

/// A temporary view: a name for an unresolved plan, analyzed anew wherever it is used.
///
/// @param kind `view`, or `file` for a view over files
/// @param description the query's text, or the path
public record View(
        String name, String kind, LogicalPlan plan, PlanContext context, String description) {}
