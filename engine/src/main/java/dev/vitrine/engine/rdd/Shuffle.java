package dev.vitrine.engine.rdd;

import dev.vitrine.engine.expr.PartitionFunction.Spread;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Pairs spread anew by their keys. Equal by identity: one object is one exchange in a job.
final class Shuffle<
        K extends @Nullable Object, V extends @Nullable Object, C extends @Nullable Object> {
    private final Origin origin;
    private final Lineage<Tuple2<K, V>> parent;
    private final Partitioner partitioner;

    /// How the tasks that write combine values first.
    private final Optional<Combine<K, V, C>> mapSide;

    private Shuffle(
            Origin origin,
            Lineage<Tuple2<K, V>> parent,
            Partitioner partitioner,
            Optional<Combine<K, V, C>> mapSide) {
        this.origin = origin;
        this.parent = parent;
        this.partitioner = partitioner;
        this.mapSide = mapSide;
    }

    static <K extends @Nullable Object, V extends @Nullable Object> Shuffle<K, V, V> plain(
            Origin origin, Lineage<Tuple2<K, V>> parent, Partitioner partitioner) {
        return new Shuffle<>(origin, parent, partitioner, Optional.empty());
    }

    static <K extends @Nullable Object, V extends @Nullable Object, C extends @Nullable Object>
            Shuffle<K, V, C> combining(
                    Origin origin,
                    Lineage<Tuple2<K, V>> parent,
                    Partitioner partitioner,
                    Combine<K, V, C> mapSide) {
        return new Shuffle<>(origin, parent, partitioner, Optional.of(mapSide));
    }

    Lineage<Tuple2<K, V>> parent() {
        return parent;
    }

    Spread spread() {
        return new Spread(
                Spread.Kind.NUMBERED, partitioner.numPartitions(), partitioner.toString());
    }

    /// The plan of the tasks that write.
    StageRows<Tuple2<K, V>> writing(ObjectBytes bytes) {
        UserCode code = origin.code("key", "partition");
        return StageRows.numbered(
                origin.operation() + " (write)",
                pairs -> {
                    ObjectBytes.Writer writer = bytes.new Writer();
                    return Items.each(
                            combined(pairs),
                            pair ->
                                    List.of(
                                            numberOf(code, ((Tuple2<?, ?>) pair)._1()),
                                            writer.write(pair)));
                });
    }

    private Iterator<?> combined(Iterator<Tuple2<K, V>> pairs) {
        return mapSide.<Iterator<?>>map(combine -> combine.inParts(pairs)).orElse(pairs);
    }

    private int numberOf(UserCode code, @Nullable Object key) {
        return code.<Integer>run(
                key,
                () -> {
                    int number = partitioner.getPartition(key);
                    if (number < 0 || number >= partitioner.numPartitions()) {
                        throw new IllegalArgumentException(
                                partitioner
                                        + " gives "
                                        + number
                                        + ", which is no number from 0 to before "
                                        + partitioner.numPartitions());
                    }
                    return number;
                });
    }
}
