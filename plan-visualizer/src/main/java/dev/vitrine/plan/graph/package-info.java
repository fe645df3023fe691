/// What is drawn: a plan or the stages of a run as nodes and edges with texts and numbers, without
/// JavaFX.
@NullMarked
package dev.vitrine.plan.graph;

import org.jspecify.annotations.NullMarked;
