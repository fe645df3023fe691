/// The optimizer's rules, one a file, each a before and after.
///
/// Entry type: none; {@link dev.vitrine.engine.optimizer.Optimizer} lists them.
@NullMarked
package dev.vitrine.engine.optimizer.rules;

import org.jspecify.annotations.NullMarked;
