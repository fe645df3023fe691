/// The optimizer's rules one by one: the plan before and after each.
@NullMarked
package dev.vitrine.plan.optimizer;

import org.jspecify.annotations.NullMarked;
