/// Colours, fonts and icons. Entry type: [Theme].
@NullMarked
package dev.vitrine.app.theme;

import org.jspecify.annotations.NullMarked;
