package dev.vitrine.engine.api;

import dev.vitrine.engine.types.Schema;

/// A table or view that queries can name.
///
/// @param kind `view`, `file` and the like, in words
/// @param description path or SQL text behind it
public record TableInfo(String name, String kind, Schema schema, String description) {}
