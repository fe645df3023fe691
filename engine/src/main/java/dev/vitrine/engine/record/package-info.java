/// Recordings of runs: the events of a query in a file, written as they happen, read back into
/// snapshots.
///
/// Entry types: {@link dev.vitrine.engine.record.RunArchive} for a project's runs, {@link
/// dev.vitrine.engine.record.RunRecorder} and {@link dev.vitrine.engine.record.RunRecording} for
/// one.
@NullMarked
package dev.vitrine.engine.record;

import org.jspecify.annotations.NullMarked;
