/// Physical plans: how a query is computed, node by node, and the planner that chooses it.
///
/// Entry types: [PhysicalPlan], [Planner]. Allowed neighbours: everything below, up to `optimizer`.
package dev.vitrine.engine.physical;
