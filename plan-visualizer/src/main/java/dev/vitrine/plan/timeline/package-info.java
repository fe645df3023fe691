/// The stages of a run and their tasks over time.
@NullMarked
package dev.vitrine.plan.timeline;

import org.jspecify.annotations.NullMarked;
