/// Java objects in the place of rows: encoders between the two, and Rdds, collections of objects in
/// partitions that know how they came about and run as ordinary plans.
///
/// Entries: [dev.vitrine.engine.rdd.Encoders], [dev.vitrine.engine.rdd.SparkContext].
@org.jspecify.annotations.NullMarked
package dev.vitrine.engine.rdd;
