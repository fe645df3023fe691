package dev.vitrine.engine.spi;

import dev.vitrine.engine.types.Schema;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A file format or kind of service that tables can be read from and written to.
///
/// Implementations are stateless, have a public constructor without parameters and are listed in
/// `META-INF/services/dev.vitrine.engine.spi.Connector`.
public interface Connector {
    /// The format's name in `USING` and in `format.`path``, lower case.
    String format();

    /// Endings of file names (lower case, without the dot) that this format is taken for; empty for
    /// services.
    List<String> fileEndings();

    /// The options read, for forms, completion and documentation.
    List<ConnectorOption> options();

    /// A table over `paths` (files, folders, globs; empty for services).
    ///
    /// @param schema the user's schema, or empty to infer it
    /// @param options keys lower case
    /// @throws dev.vitrine.engine.error.EngineException PATH_NOT_FOUND, INVALID_OPTION,
    ///   UNABLE_TO_INFER_SCHEMA and the like
    TableSource open(List<String> paths, Optional<Schema> schema, Map<String, String> options);

    /// A sink that writes files of this format into folder `path`; empty where the format cannot be
    /// written.
    ///
    /// @param schema of the rows, the columns of `partitions` among them
    Optional<TableSink> create(
            String path,
            Schema schema,
            SaveMode mode,
            Map<String, String> options,
            FolderPartitions partitions);

    /// A sink that writes all rows into one folder.
    default Optional<TableSink> create(
            String path, Schema schema, SaveMode mode, Map<String, String> options) {
        return create(path, schema, mode, options, FolderPartitions.NONE);
    }

    /// Drops what is kept of files read before, so that they are read afresh. Files that change are
    /// noticed without it.
    default void forgetFiles() {}
}
