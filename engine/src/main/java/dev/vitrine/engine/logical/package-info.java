/// Logical plans: what a query means, whoever wrote it.
///
/// Entry type: [LogicalPlan]. Allowed neighbours: the packages below it, up to `spi`.
package dev.vitrine.engine.logical;
