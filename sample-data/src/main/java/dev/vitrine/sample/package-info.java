/// The sample project: real, permissively licensed data and pipelines, as resources of this module.
@NullMarked
package dev.vitrine.sample;

import org.jspecify.annotations.NullMarked;
