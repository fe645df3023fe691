package dev.vitrine.engine.pipeline.kinds;

import dev.vitrine.engine.pipeline.NodeKind;
import dev.vitrine.engine.pipeline.NodeKindProvider;
import java.util.List;

/// The node kinds of the engine, in the order of the palette.
public final class StandardKinds implements NodeKindProvider {
    @Override
    public List<NodeKind> kinds() {
        return List.of(
                new FileSourceKind(),
                new TableSourceKind(),
                new InlineRowsKind(),
                new RangeKind(),
                new FilterKind(),
                new SortKind(),
                new LimitKind(),
                new DistinctKind(),
                new SampleKind(),
                new DropNullsKind(),
                new QualityKind(),
                new ExplodeKind(),
                new RepartitionKind(),
                new DeriveKind(),
                new SelectKind(),
                new FillNullsKind(),
                new WindowKind(),
                new AggregateKind(),
                new PivotKind(),
                new UnpivotKind(),
                new JoinKind(),
                new UnionKind(),
                new SetKind(),
                new SqlKind(),
                new JavaKind(),
                new FileSinkKind(),
                new TableSinkKind());
    }
}
