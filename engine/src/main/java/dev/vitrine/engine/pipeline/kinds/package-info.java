/// The node kinds that come with the engine, one class each.
///
/// Entry type: [StandardKinds]. Allowed neighbours: `pipeline` and what it may use.
package dev.vitrine.engine.pipeline.kinds;
