/// User stories, played by a robot on JavaFX's headless platform.
@NullMarked
package dev.vitrine.ui;

import org.jspecify.annotations.NullMarked;
