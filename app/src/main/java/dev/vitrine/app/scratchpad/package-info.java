/// The SQL editor. Entry type: [SqlEditor].
@NullMarked
package dev.vitrine.app.scratchpad;

import org.jspecify.annotations.NullMarked;
