/// Problems and log. Entry types: [ProblemsView], [LogView].
@NullMarked
package dev.vitrine.app.monitor;

import org.jspecify.annotations.NullMarked;
