/// Logical data types, fields and schemas, and how their values are held and printed.
///
/// Entry type: [DataType]. Allowed neighbours: `error`.
package dev.vitrine.engine.types;
