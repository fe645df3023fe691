/// Benchmarks as a command of the product: makes data, runs queries, prints medians and ratios.
///
/// Entry type: {@link dev.vitrine.app.bench.TpchBench}.
@NullMarked
package dev.vitrine.app.bench;

import org.jspecify.annotations.NullMarked;
