/// Turns chains of operators into Java classes: one class for what a stage's task does between
/// batches, compiled by Janino.
///
/// Entry types: [StageCompiler], [CompiledStage]. Allowed neighbours: everything below, up to
/// `storage`.
package dev.vitrine.engine.codegen;
