/// The engine: plans, their optimization and their execution, without a user interface.
@NullMarked
package dev.vitrine.engine;

import org.jspecify.annotations.NullMarked;
