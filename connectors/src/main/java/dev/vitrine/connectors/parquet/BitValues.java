package dev.vitrine.connectors.parquet;

import java.io.EOFException;
import java.io.IOException;

/// The values of one page of a boolean column, NULLs left out.
interface BitValues {
    void skip(int count) throws IOException;

    /// Writes the next `count` values to bit `bit` of a bitmap.
    void read(int count, long bitmap, int bit) throws IOException;

    /// One bit after the other.
    final class Plain implements BitValues {
        private final long from;
        private final long bits;
        private int index;

        Plain(long from, long end) {
            this.from = from;
            this.bits = (end - from) << 3;
        }

        @Override
        public void skip(int count) throws IOException {
            step(count);
        }

        @Override
        public void read(int count, long bitmap, int bit) throws IOException {
            Bitmaps.copy(from, step(count), bitmap, bit, count);
        }

        private int step(int count) throws IOException {
            if (count > bits - index) {
                throw new EOFException("a page ends before its last value");
            }
            int first = index;
            index += count;
            return first;
        }
    }

    /// Runs of equal values.
    record Runs(RunLengths runs) implements BitValues {
        @Override
        public void skip(int count) throws IOException {
            runs.skip(count);
        }

        @Override
        public void read(int count, long bitmap, int bit) throws IOException {
            runs.readBits(count, bitmap, bit);
        }
    }
}
