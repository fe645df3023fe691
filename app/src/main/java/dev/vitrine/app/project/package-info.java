/// A folder of pipelines, queries and data; undo and autosave. Entry type: [Project].
@NullMarked
package dev.vitrine.app.project;

import org.jspecify.annotations.NullMarked;
