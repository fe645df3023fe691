package dev.vitrine.engine.api;

/// Columns to start expressions from: names, constants and all functions of SQL, under Spark's
/// names, so that `import static dev.vitrine.engine.api.Functions.*` stands for Spark's
/// `functions`.
///
/// They are inherited from one class a subject; what has no method of its own goes by
/// [#call_function] or [#expr].
public final class Functions extends UserColumns {
    private Functions() {}
}
