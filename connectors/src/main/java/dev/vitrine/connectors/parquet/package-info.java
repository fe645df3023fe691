/// Parquet files: read page by page on the task's own thread, written through parquet-java's column
/// writers.
///
/// Entry type: [ParquetConnector]. Allowed neighbours: `connectors.file`, the engine's `spi` and
/// below.
@NullMarked
package dev.vitrine.connectors.parquet;

import org.jspecify.annotations.NullMarked;
