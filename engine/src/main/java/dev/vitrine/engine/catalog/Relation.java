package dev.vitrine.engine.catalog;

/// What a name in FROM can stand for.
public sealed interface Relation permits Table, StoredView, View {
    /// The name by which caches know it, unique in a session.
    String key();
}
