/// The shell: docking, menus, wiring. The only package that touches Platform. Entry type:
/// [Workbench].
@NullMarked
package dev.vitrine.app.workbench;

import org.jspecify.annotations.NullMarked;
