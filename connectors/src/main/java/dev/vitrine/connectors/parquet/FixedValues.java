package dev.vitrine.connectors.parquet;

import dev.vitrine.engine.batch.Mem;
import java.io.EOFException;
import java.io.IOException;

/// The values of one page of a column of fixed width, NULLs left out.
interface FixedValues {
    void skip(int count) throws IOException;

    /// Writes the next `count` values, converted, to `to`.
    void read(int count, long to) throws IOException;

    /// One value after the other.
    final class Plain implements FixedValues {
        private final Conversion conversion;
        private final long end;
        private long at;

        Plain(long from, long end, Conversion conversion) {
            this.at = from;
            this.end = end;
            this.conversion = conversion;
        }

        @Override
        public void skip(int count) throws IOException {
            step(count);
        }

        @Override
        public void read(int count, long to) throws IOException {
            conversion.convert(step(count), to, count);
        }

        private long step(int count) throws IOException {
            long from = at;
            long bytes = (long) count * conversion.from();
            if (bytes > end - from) {
                throw new EOFException("a page ends before its last value");
            }
            at = from + bytes;
            return from;
        }
    }

    /// Numbers of entries in a dictionary whose values are converted already.
    final class Coded implements FixedValues {
        private static final int STEP = 1024;

        private final RunLengths codes;
        private final long dictionary;
        private final int size;
        private final int width;
        private final long scratch;

        /// @param scratch memory for [#STEP] codes
        Coded(RunLengths codes, long dictionary, int size, int width, long scratch) {
            this.codes = codes;
            this.dictionary = dictionary;
            this.size = size;
            this.width = width;
            this.scratch = scratch;
        }

        static int scratchBytes() {
            return 4 * STEP;
        }

        @Override
        public void skip(int count) throws IOException {
            codes.skip(count);
        }

        @Override
        public void read(int count, long to) throws IOException {
            for (int done = 0; done < count; done += STEP) {
                int step = Math.min(STEP, count - done);
                codes.read(step, scratch);
                checkCodes(scratch, step, size);
                long target = to + (long) done * width;
                switch (width) {
                    case 1 -> gather1(scratch, step, dictionary, target);
                    case 2 -> gather2(scratch, step, dictionary, target);
                    case 4 -> gather4(scratch, step, dictionary, target);
                    case 8 -> gather8(scratch, step, dictionary, target);
                    default -> gather16(scratch, step, dictionary, target);
                }
            }
        }

        /// Throws unless each of the codes numbers an entry of a dictionary of `size`.
        static void checkCodes(long codes, int count, int size) throws IOException {
            int wrong = 0;
            for (int i = 0; i < count; i++) {
                int code = Mem.getInt(codes + 4L * i);
                wrong |= code | (size - 1 - code);
            }
            if (wrong < 0) {
                throw new IOException("a page names an entry that its dictionary has not");
            }
        }

        private static void gather1(long codes, int count, long from, long to) {
            for (int i = 0; i < count; i++) {
                Mem.putByte(to + i, Mem.getByte(from + Mem.getInt(codes + 4L * i)));
            }
        }

        private static void gather2(long codes, int count, long from, long to) {
            for (int i = 0; i < count; i++) {
                Mem.putShort(to + 2L * i, Mem.getShort(from + 2L * Mem.getInt(codes + 4L * i)));
            }
        }

        private static void gather4(long codes, int count, long from, long to) {
            for (int i = 0; i < count; i++) {
                Mem.putInt(to + 4L * i, Mem.getInt(from + 4L * Mem.getInt(codes + 4L * i)));
            }
        }

        private static void gather8(long codes, int count, long from, long to) {
            for (int i = 0; i < count; i++) {
                Mem.putLong(to + 8L * i, Mem.getLong(from + 8L * Mem.getInt(codes + 4L * i)));
            }
        }

        private static void gather16(long codes, int count, long from, long to) {
            for (int i = 0; i < count; i++) {
                long entry = from + 16L * Mem.getInt(codes + 4L * i);
                Mem.putLong(to + 16L * i, Mem.getLong(entry));
                Mem.putLong(to + 16L * i + 8, Mem.getLong(entry + 8));
            }
        }
    }

    /// Differences of 32- or 64-bit integers.
    final class Delta implements FixedValues {
        private static final int STEP = 1024;

        private final DeltaIntegers numbers;
        private final Conversion conversion;
        private final long scratch;

        /// @param scratch memory for [#scratchBytes]
        Delta(DeltaIntegers numbers, Conversion conversion, long scratch) {
            this.numbers = numbers;
            this.conversion = conversion;
            this.scratch = scratch;
        }

        static int scratchBytes() {
            return 8 * STEP;
        }

        @Override
        public void skip(int count) throws IOException {
            numbers.skip(count);
        }

        @Override
        public void read(int count, long to) throws IOException {
            if (conversion.isCopy()) {
                read(count, to, conversion.from());
                return;
            }
            for (int done = 0; done < count; done += STEP) {
                int step = Math.min(STEP, count - done);
                read(step, scratch, conversion.from());
                conversion.convert(scratch, to + (long) done * conversion.to(), step);
            }
        }

        private void read(int count, long to, int width) throws IOException {
            if (width == 4) {
                numbers.readInts(count, to);
            } else {
                numbers.readLongs(count, to);
            }
        }
    }

    /// First bytes of all values, then all second bytes, and so on (BYTE_STREAM_SPLIT).
    final class Split implements FixedValues {
        private static final int STEP = 512;

        private final Conversion conversion;
        private final long from;
        private final int values;
        private final long scratch;
        private int index;

        /// @param scratch memory for [#scratchBytes]
        Split(long from, long end, Conversion conversion, long scratch) {
            this.from = from;
            this.values = (int) ((end - from) / conversion.from());
            this.conversion = conversion;
            this.scratch = scratch;
        }

        static int scratchBytes() {
            return 16 * STEP;
        }

        @Override
        public void skip(int count) throws IOException {
            step(count);
        }

        @Override
        public void read(int count, long to) throws IOException {
            int first = step(count);
            for (int done = 0; done < count; done += STEP) {
                int step = Math.min(STEP, count - done);
                join(first + done, step);
                conversion.convert(scratch, to + (long) done * conversion.to(), step);
            }
        }

        private void join(int first, int count) {
            int width = conversion.from();
            for (int part = 0; part < width; part++) {
                long source = from + (long) part * values + first;
                long target = scratch + part;
                for (int i = 0; i < count; i++) {
                    Mem.putByte(target + (long) i * width, Mem.getByte(source + i));
                }
            }
        }

        private int step(int count) throws IOException {
            if (count > values - index) {
                throw new EOFException("a page ends before its last value");
            }
            int first = index;
            index += count;
            return first;
        }
    }
}
