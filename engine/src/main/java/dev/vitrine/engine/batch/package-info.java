/// Columns of rows off-heap: batches over Arrow vectors, their encodings, and raw memory.
///
/// Entry types: [Batch] and [BatchBuilder]. Allowed neighbours: `error`, `types`, `settings`.
package dev.vitrine.engine.batch;
