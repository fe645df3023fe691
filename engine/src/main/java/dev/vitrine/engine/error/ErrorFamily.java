package dev.vitrine.engine.error;

/// Who can do something about an error.
public enum ErrorFamily {
    /// The user's statement, settings or data.
    USER,
    /// Memory, disk, threads or time ran out.
    RESOURCE,
    /// A file, database or service outside did not do its part.
    CONNECTOR,
    /// A bug of ours.
    INTERNAL
}
