/// Expressions: one sealed family of records, resolved and unresolved, and the seams to functions.
///
/// Entry type: [Expr]. Allowed neighbours: `error`, `types`, `settings`.
package dev.vitrine.engine.expr;
