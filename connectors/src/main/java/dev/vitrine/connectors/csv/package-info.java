/// Delimited text: an own parser that turns bytes into columns, in parallel parts of one file.
///
/// Entry type: [CsvConnector]. Allowed neighbours: `connectors.file`, the engine's `spi` and below.
@NullMarked
package dev.vitrine.connectors.csv;

import org.jspecify.annotations.NullMarked;
