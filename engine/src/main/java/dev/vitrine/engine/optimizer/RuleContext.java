package dev.vitrine.engine.optimizer;

import dev.vitrine.engine.logical.PlanContext;
import dev.vitrine.engine.settings.Settings;

/// What a rule may know beside its node.
///
/// @param plans origins and attribute ids of the query
public record RuleContext(PlanContext plans, Settings settings) {}
