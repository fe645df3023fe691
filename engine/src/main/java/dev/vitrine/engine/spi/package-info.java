/// What a connector implements: sources that are read in splits, sinks that tasks write to.
///
/// Entry type: [Connector], found by `ServiceLoader`. Allowed neighbours: the packages below it, up
/// to `function`.
package dev.vitrine.engine.spi;
