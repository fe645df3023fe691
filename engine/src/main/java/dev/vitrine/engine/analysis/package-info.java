/// Names, types and shapes: unresolved plans become analyzed ones, or errors that say where and
/// what else was meant.
///
/// Entry type: [Analyzer]. Allowed neighbours: the packages below it, `catalog` and `sql`.
package dev.vitrine.engine.analysis;
