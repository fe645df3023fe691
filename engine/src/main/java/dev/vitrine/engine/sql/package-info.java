/// SQL text: statements read into unresolved plans, tokens for highlighting, ranges of statements.
///
/// Entry type: [SqlParser]. Allowed neighbours: the packages below it, up to `logical`.
package dev.vitrine.engine.sql;
