/// The functions of SQL: one registry entry each, their boxed evaluation, and the evaluator of
/// expressions.
///
/// Entry types: [FunctionRegistry] and [ExprEvaluator]. Allowed neighbours: the packages below it,
/// up to `expr`.
package dev.vitrine.engine.function;
