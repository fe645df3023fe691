/// Sources and sinks that the engine finds by `ServiceLoader`.
@NullMarked
package dev.vitrine.connectors;

import org.jspecify.annotations.NullMarked;
