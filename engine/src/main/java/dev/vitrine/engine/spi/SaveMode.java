package dev.vitrine.engine.spi;

/// What a sink does where there is something already.
public enum SaveMode {
    ERROR_IF_EXISTS,
    APPEND,
    OVERWRITE,
    IGNORE
}
