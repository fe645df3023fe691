/// What the engine tells the world while it works: everything a user interface ever sees.
///
/// Entry type: [EngineEvent]. Allowed neighbours: `error`, `types`, `settings`.
package dev.vitrine.engine.event;
