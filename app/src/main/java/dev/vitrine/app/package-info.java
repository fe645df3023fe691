/// The workbench and the command line.
@NullMarked
package dev.vitrine.app;

import org.jspecify.annotations.NullMarked;
