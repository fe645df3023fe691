/// The engine as programs use it: sessions, queries and their results, data frames.
///
/// Entry type: [Session]. Allowed neighbours: everything below.
package dev.vitrine.engine.api;
