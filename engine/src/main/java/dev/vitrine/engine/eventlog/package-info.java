/// Spark's event logs: read into the model of our own runs, and written from recordings.
///
/// Entry types: [SparkEventLog] for reading, [SparkLogWriter] for writing. Allowed neighbours:
/// `event`, `snapshot`, `error`, `logical` and `record`.
@NullMarked
package dev.vitrine.engine.eventlog;

import org.jspecify.annotations.NullMarked;
