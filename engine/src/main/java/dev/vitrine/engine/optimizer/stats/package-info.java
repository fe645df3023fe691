/// Estimates: how many rows and bytes each node of a plan gives.
///
/// Entry type: {@link dev.vitrine.engine.optimizer.stats.Estimator}.
@NullMarked
package dev.vitrine.engine.optimizer.stats;

import org.jspecify.annotations.NullMarked;
