/// Benchmarks as a command of the product: makes data, times this product and its peers in
/// processes of their own, compares their results, prints tables and writes them into the
/// documentation.
///
/// Entry types: {@link dev.vitrine.app.bench.Workloads}, {@link dev.vitrine.app.bench.BenchRun},
/// {@link dev.vitrine.app.bench.BenchReport}.
@NullMarked
package dev.vitrine.app.bench;

import org.jspecify.annotations.NullMarked;
