/// Where executors keep blocks of rows between stages.
///
/// Entry type: [BlockStore]. Allowed neighbours: everything below, up to `physical`.
package dev.vitrine.engine.storage;
