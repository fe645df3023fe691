/// Prewritten loops and tables over raw memory: all that does not depend on the shape of a plan,
/// and all that generated code calls.
///
/// Entry types: [KeyTable], [JoinTable], [RowCopier], [RowOrder]. Allowed neighbours: the packages
/// below it.
package dev.vitrine.engine.kernel;
