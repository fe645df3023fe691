package dev.vitrine.engine.settings;

/// A setting the engine knows: key, default and meaning.
///
/// @param key Spark's key where Spark has the setting
/// @param defaultValue text of the default
/// @param doc one sentence for users
public record Setting(String key, String defaultValue, String doc) {}
