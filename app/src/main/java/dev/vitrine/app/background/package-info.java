/// Work beside the FX thread. Entry type: [Background].
@NullMarked
package dev.vitrine.app.background;

import org.jspecify.annotations.NullMarked;
