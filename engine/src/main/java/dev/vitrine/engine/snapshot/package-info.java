/// The state of a query as views show it, folded from events; the same for live runs and replay.
///
/// Entry type: [QuerySnapshot], made by [QueryReducer]. Allowed neighbours: `event`, `error`,
/// `types`, `settings`.
package dev.vitrine.engine.snapshot;
