/// Queries that run and those that ran. Entry type: [Runs].
@NullMarked
package dev.vitrine.app.run;

import org.jspecify.annotations.NullMarked;
