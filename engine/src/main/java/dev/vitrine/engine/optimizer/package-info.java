/// Rewrites logical plans into cheaper ones of the same meaning: batches of rules, a driver that
/// walks and traces.
///
/// Entry type: {@link dev.vitrine.engine.optimizer.Optimizer}. Allowed neighbours: everything
/// below, up to `analysis`.
@NullMarked
package dev.vitrine.engine.optimizer;

import org.jspecify.annotations.NullMarked;
