/// The command line. Starts without loading JavaFX; entry type: {@link dev.vitrine.app.cli.Main}.
@NullMarked
package dev.vitrine.app.cli;

import org.jspecify.annotations.NullMarked;
