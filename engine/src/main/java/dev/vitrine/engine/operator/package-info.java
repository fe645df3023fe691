/// The operators that a task runs: each takes batches from below and hands batches up.
///
/// Entry types: [TaskPipeline], [Operator]. Allowed neighbours: everything below, up to `codegen`.
package dev.vitrine.engine.operator;
