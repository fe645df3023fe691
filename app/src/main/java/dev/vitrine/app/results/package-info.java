/// Rows of a finished query in a grid. Entry type: [ResultsView].
@NullMarked
package dev.vitrine.app.results;

import org.jspecify.annotations.NullMarked;
