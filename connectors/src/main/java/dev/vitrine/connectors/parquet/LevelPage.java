package dev.vitrine.connectors.parquet;

import dev.hardwood.internal.reader.Page;
import org.jspecify.annotations.Nullable;

/// A page of a column without nesting, with its definition levels turned into a bitmap.
///
/// @param valid bit `i` says that value `i` is not NULL; null where none is NULL
record LevelPage(Page page, int size, long @Nullable [] valid) {

    static LevelPage of(Page page) {
        int[] levels = page.definitionLevels();
        int max = page.maxDefinitionLevel();
        int size = page.size();
        if (levels == null || max == 0) {
            return new LevelPage(page, size, null);
        }
        long[] valid = new long[(size + 63) / 64];
        int present = 0;
        for (int word = 0; word < valid.length; word++) {
            long bits = 0;
            int from = word << 6;
            int to = Math.min(from + 64, size);
            for (int i = from; i < to; i++) {
                bits |= (levels[i] == max ? 1L : 0L) << i;
            }
            valid[word] = bits;
            present += Long.bitCount(bits);
        }
        return new LevelPage(page, size, present == size ? null : valid);
    }
}
