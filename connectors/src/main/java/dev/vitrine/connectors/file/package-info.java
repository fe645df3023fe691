/// What all connectors of files share: paths and globs, several files as one table, folders of
/// output.
///
/// Entry types: [FileListing], [FileTable] and [FolderSink]. Allowed neighbours: the engine's `spi`
/// and below.
@NullMarked
package dev.vitrine.connectors.file;

import org.jspecify.annotations.NullMarked;
