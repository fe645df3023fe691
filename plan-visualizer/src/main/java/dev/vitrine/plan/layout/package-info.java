/// Where it is drawn: pure functions from graphs to places.
@NullMarked
package dev.vitrine.plan.layout;

import org.jspecify.annotations.NullMarked;
