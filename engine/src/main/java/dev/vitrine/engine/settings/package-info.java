/// The settings of a session under Spark's keys.
///
/// Entry type: [Settings]. Allowed neighbours: `error`, `types`.
package dev.vitrine.engine.settings;
