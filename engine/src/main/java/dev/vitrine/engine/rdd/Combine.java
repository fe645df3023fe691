package dev.vitrine.engine.rdd;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// How the values of equal keys become one.
///
/// @param code the program's functions, for errors
record Combine<K extends @Nullable Object, V extends @Nullable Object, C extends @Nullable Object>(
        UserCode code, MapFunction<V, C> create, Function2<C, V, C> add, ReduceFunction<C> merge) {
    /// Keys of a map task that are held before what they have is handed on: the reading task brings
    /// together what is left apart.
    private static final int KEYS_HELD = 1 << 18;

    /// Values combined; a key may come more than once where there are very many.
    Iterator<Tuple2<K, C>> inParts(Iterator<Tuple2<K, V>> pairs) {
        return inParts(pairs, KEYS_HELD);
    }

    Iterator<Tuple2<K, C>> inParts(Iterator<Tuple2<K, V>> pairs, int keysHeld) {
        return new Iterator<>() {
            private Iterator<Map.Entry<K, C>> part = Items.none();

            @Override
            public boolean hasNext() {
                if (!part.hasNext() && pairs.hasNext()) {
                    Map<K, C> held = new LinkedHashMap<>();
                    while (held.size() < keysHeld && pairs.hasNext()) {
                        put(held, pairs.next());
                    }
                    part = held.entrySet().iterator();
                }
                return part.hasNext();
            }

            @Override
            public Tuple2<K, C> next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                Map.Entry<K, C> entry = part.next();
                return new Tuple2<>(entry.getKey(), entry.getValue());
            }
        };
    }

    private void put(Map<K, C> held, Tuple2<K, V> pair) {
        V value = pair._2();
        if (held.containsKey(pair._1())) {
            C before = held.get(pair._1());
            held.put(pair._1(), code.run(value, () -> add.call(before, value)));
        } else {
            held.put(pair._1(), code.run(value, () -> create.call(value)));
        }
    }

    /// Values combined, each key once, in the order in which they first come. All are held.
    Iterator<Tuple2<K, C>> whole(Iterator<Tuple2<K, V>> pairs) {
        return inParts(pairs, Integer.MAX_VALUE);
    }

    /// What was combined in parts, each key once.
    Iterator<Tuple2<K, C>> merged(Iterator<Tuple2<K, C>> parts) {
        return new Combine<K, C, C>(code, part -> part, merge::call, merge).whole(parts);
    }
}
