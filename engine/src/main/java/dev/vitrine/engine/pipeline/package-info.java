/// The pipeline document: nodes, edges and parameters, the kinds of nodes there are, edits, and the
/// way to a logical plan. Holds no user interface and no SQL parser (see [ExpressionParser]).
///
/// Entry types: [PipelineDocument], [NodeKinds], [PipelinePlans]. Allowed neighbours: all packages
/// below it.
package dev.vitrine.engine.pipeline;
