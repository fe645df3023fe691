package dev.vitrine.engine.event;

/// What one physical plan node has done so far, summed over tasks that count (running and succeeded
/// attempts).
///
/// @param rows rows it gave out
/// @param batches batches it gave out, where it works on batches
public record NodeCounters(int nodeId, long rows, long batches) {}
