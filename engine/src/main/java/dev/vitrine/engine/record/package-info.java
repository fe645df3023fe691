/// Recordings of runs: the events of a query in a file, written as they happen, read back into
/// snapshots.
///
/// Entry types: {@link dev.vitrine.engine.record.RunRecorder}, {@link
/// dev.vitrine.engine.record.RunRecording}.
@NullMarked
package dev.vitrine.engine.record;

import org.jspecify.annotations.NullMarked;
