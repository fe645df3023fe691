/// JSON: one object a line, or one array of objects a file.
///
/// Entry type: [JsonConnector]. Allowed neighbours: `connectors.file`, the engine's `spi` and
/// below.
@NullMarked
package dev.vitrine.connectors.json;

import org.jspecify.annotations.NullMarked;
