/// Everything that can be done, as data: registry, keys and the palette. Entry type: [Commands].
@NullMarked
package dev.vitrine.app.command;

import org.jspecify.annotations.NullMarked;
