package dev.vitrine.engine.schedule;

import dev.vitrine.engine.physical.PhysicalPlan;
import dev.vitrine.engine.spi.TableSink;
import dev.vitrine.engine.types.Schema;

/// Makes the sink that a plan writes to.
@FunctionalInterface
public interface SinkFactory {
    TableSink create(PhysicalPlan.WriteFiles write, Schema schema);
}
