/// Runs physical plans: cuts them into stages, spreads their tasks over executors' slots, retries,
/// cancels, and tells what happens.
///
/// Entry types: [Driver], [Executors]. Allowed neighbours: everything below.
package dev.vitrine.engine.schedule;
