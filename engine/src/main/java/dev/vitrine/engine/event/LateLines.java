package dev.vitrine.engine.event;

import java.util.AbstractList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Lines that are made when they are first read: most plans are never looked at. The maker holds
/// what it needs and must give equal lines each time, as two threads may both ask first.
public final class LateLines extends AbstractList<String> {
    private final Supplier<List<String>> maker;
    private volatile @Nullable List<String> lines;

    public LateLines(Supplier<List<String>> maker) {
        this.maker = maker;
    }

    private List<String> lines() {
        List<String> made = lines;
        if (made == null) {
            made = List.copyOf(maker.get());
            lines = made;
        }
        return made;
    }

    @Override
    public String get(int index) {
        return lines().get(index);
    }

    @Override
    public int size() {
        return lines().size();
    }
}
