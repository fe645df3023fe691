package dev.vitrine.engine.spi;

/// An option of a connector under Spark's name.
///
/// @param kind `boolean`, `int`, `char`, `string`, or the choices separated by `|`
public record ConnectorOption(String name, String kind, String defaultValue, String doc) {}
