/// What an editor tab is. Entry type: [Editor].
@NullMarked
package dev.vitrine.app.editor;

import org.jspecify.annotations.NullMarked;
