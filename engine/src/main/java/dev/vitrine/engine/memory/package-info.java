/// Who may hold how much of a session's memory, and the files that rows go to where it is not
/// enough.
///
/// Entry type: [MemoryArbiter]. Allowed neighbours: `error`, `types`, `settings`, `batch`.
package dev.vitrine.engine.memory;
