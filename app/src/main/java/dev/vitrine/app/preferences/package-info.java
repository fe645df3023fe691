/// What the user set once and for all. Entry type: [Preferences].
@NullMarked
package dev.vitrine.app.preferences;

import org.jspecify.annotations.NullMarked;
