/// Live pictures of what the engine publishes about a query.
@NullMarked
package dev.vitrine.plan;

import org.jspecify.annotations.NullMarked;
