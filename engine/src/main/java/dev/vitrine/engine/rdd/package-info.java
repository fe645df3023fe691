/// Java objects in the place of rows: encoders between the two.
///
/// Entry: [dev.vitrine.engine.rdd.Encoders].
@org.jspecify.annotations.NullMarked
package dev.vitrine.engine.rdd;
