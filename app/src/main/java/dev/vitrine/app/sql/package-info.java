/// SQL text: the area it is written in, its colours, completion. Entry type: [SqlArea].
@NullMarked
package dev.vitrine.app.sql;

import org.jspecify.annotations.NullMarked;
