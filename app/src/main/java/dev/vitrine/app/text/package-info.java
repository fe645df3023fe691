/// What the window says, in one place. Entry type: [Text].
@NullMarked
package dev.vitrine.app.text;

import org.jspecify.annotations.NullMarked;
