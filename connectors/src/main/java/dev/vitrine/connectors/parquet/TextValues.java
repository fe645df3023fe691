package dev.vitrine.connectors.parquet;

import dev.vitrine.engine.batch.Dictionary;
import dev.vitrine.engine.batch.Mem;
import java.io.EOFException;
import java.io.IOException;

/// The values of one page of a string or binary column, NULLs left out.
interface TextValues {
    void skip(int count) throws IOException;

    /// Appends the next `count` values.
    void read(int count, TextMemory out) throws IOException;

    /// Bytes that the next `count` values may take, a guess to make room by.
    long guessBytes(int count);

    /// Copies a value, running over its end by less than 32 bytes.
    static void copy(long from, long to, int length) {
        Mem.putLong(to, Mem.getLong(from));
        Mem.putLong(to + 8, Mem.getLong(from + 8));
        if (length > 16) {
            Mem.putLong(to + 16, Mem.getLong(from + 16));
            Mem.putLong(to + 24, Mem.getLong(from + 24));
            if (length > 32) {
                copyLong(from + 32, to + 32, length - 32);
            }
        }
    }

    private static void copyLong(long from, long to, int length) {
        if (length > 256) {
            Mem.copy(from, to, length);
            return;
        }
        for (int i = 0; i < length; i += 8) {
            Mem.putLong(to + i, Mem.getLong(from + i));
        }
    }

    /// Each value after its length.
    final class Plain implements TextValues {
        private final long end;
        private long at;
        private int left;

        /// @param values how many there are, at most
        Plain(long from, long end, int values) {
            this.at = from;
            this.end = end;
            this.left = values;
        }

        @Override
        public long guessBytes(int count) {
            double share = (double) count / Math.max(left, 1);
            return (long) Math.ceil((end - at) * Math.min(share, 1));
        }

        @Override
        public void skip(int count) throws IOException {
            long from = at;
            for (int i = 0; i < count; i++) {
                from += 4 + length(from);
            }
            at = from;
            left -= count;
        }

        private int length(long from) throws IOException {
            int length = end - from < 4 ? -1 : Mem.getInt(from);
            if (length < 0 || length > end - from - 4) {
                throw new EOFException("a page ends before its last value");
            }
            return length;
        }

        @Override
        public void read(int count, TextMemory out) throws IOException {
            int done = 0;
            while (done < count) {
                int taken = copyFitting(count - done, out);
                done += taken;
                if (done < count) {
                    out.ensure(length(at));
                }
            }
            left -= count;
        }

        /// Copies up to `count` values, as many as there is room for.
        private int copyFitting(int count, TextMemory out) throws IOException {
            long source = at;
            long limit = end;
            long target = out.bytesAddress();
            long ends = out.endsAddress();
            long used = out.used();
            long capacity = out.capacity();
            int i = 0;
            for (; i < count; i++) {
                int length = limit - source < 4 ? -1 : Mem.getInt(source);
                if (length < 0 || length > limit - source - 4) {
                    throw new EOFException("a page ends before its last value");
                }
                if (used + length > capacity) {
                    break;
                }
                copy(source + 4, target + used, length);
                source += 4 + length;
                used += length;
                Mem.putInt(ends + 4L * i, (int) used);
            }
            at = source;
            out.end(i, used);
            return i;
        }
    }

    /// Numbers of entries in a dictionary.
    final class Coded implements TextValues {
        static final int STEP = 1024;

        private final RunLengths codes;
        private final Dictionary dictionary;
        private final long scratch;

        /// @param scratch memory for [#STEP] codes
        Coded(RunLengths codes, Dictionary dictionary, long scratch) {
            this.codes = codes;
            this.dictionary = dictionary;
            this.scratch = scratch;
        }

        /// Writes the next `count` codes to `to`.
        void readCodes(int count, long to) throws IOException {
            codes.read(count, to);
            FixedValues.Coded.checkCodes(to, count, dictionary.size());
        }

        @Override
        public long guessBytes(int count) {
            long entries = Math.max(dictionary.size(), 1);
            return Mem.getInt(dictionary.offsetAddress() + 4L * dictionary.size())
                    / entries
                    * count;
        }

        @Override
        public void skip(int count) throws IOException {
            codes.skip(count);
        }

        @Override
        public void read(int count, TextMemory out) throws IOException {
            for (int done = 0; done < count; done += STEP) {
                int step = Math.min(STEP, count - done);
                readCodes(step, scratch);
                expand(scratch, step, dictionary, out);
            }
        }

        /// Appends the entries that `count` codes name.
        static void expand(long codes, int count, Dictionary dictionary, TextMemory out)
                throws IOException {
            long offsets = dictionary.offsetAddress();
            long bytes = dictionary.dataAddress();
            for (int i = 0; i < count; i++) {
                long entry = offsets + 4L * Mem.getInt(codes + 4L * i);
                int from = Mem.getInt(entry);
                int length = Mem.getInt(entry + 4) - from;
                if (out.used() + length > out.capacity()) {
                    out.ensure(length);
                }
                long used = out.used();
                copy(bytes + from, out.bytesAddress() + used, length);
                Mem.putInt(out.endsAddress(), (int) used + length);
                out.end(1, used + length);
            }
        }
    }

    /// Values that lie one after the other, and where each begins and ends.
    final class Adjacent implements TextValues {
        private final long bytes;
        private final long offsets;
        private final int values;
        private int index;

        /// @param offsets 32-bit offsets, one more than there are values, that were checked
        Adjacent(long bytes, long offsets, int values) {
            this.bytes = bytes;
            this.offsets = offsets;
            this.values = values;
        }

        @Override
        public long guessBytes(int count) {
            int to = Math.min(values, index + count);
            return (long) Mem.getInt(offsets + 4L * to) - Mem.getInt(offsets + 4L * index);
        }

        @Override
        public void skip(int count) throws IOException {
            step(count);
        }

        @Override
        public void read(int count, TextMemory out) throws IOException {
            int first = step(count);
            int from = Mem.getInt(offsets + 4L * first);
            int length = Mem.getInt(offsets + 4L * (first + count)) - from;
            out.ensure(length);
            long used = out.used();
            Mem.copy(bytes + from, out.bytesAddress() + used, length);
            long ends = out.endsAddress();
            int shift = (int) used - from;
            for (int i = 0; i < count; i++) {
                Mem.putInt(ends + 4L * i, Mem.getInt(offsets + 4L * (first + i + 1)) + shift);
            }
            out.end(count, used + length);
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

    /// Values of one length, as bytes or as the text of a UUID.
    final class SameLength implements TextValues {
        private static final int UUID_BYTES = 16;
        private static final int UUID_CHARACTERS = 36;
        private static final byte[] DIGITS =
                "0123456789abcdef".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

        private final int length;
        private final boolean isUuid;
        private final long end;
        private long at;

        SameLength(long from, long end, int length, boolean isUuid) throws IOException {
            this.at = from;
            this.end = end;
            this.length = length;
            this.isUuid = isUuid;
            if (isUuid && length != UUID_BYTES) {
                throw new IOException("a UUID has " + length + " bytes");
            }
        }

        @Override
        public long guessBytes(int count) {
            return (long) (isUuid ? UUID_CHARACTERS : length) * count;
        }

        @Override
        public void skip(int count) throws IOException {
            step(count);
        }

        @Override
        public void read(int count, TextMemory out) throws IOException {
            long from = step(count);
            out.ensure(guessBytes(count));
            long used = out.used();
            long target = out.bytesAddress() + used;
            int size = isUuid ? UUID_CHARACTERS : length;
            if (isUuid) {
                for (int i = 0; i < count; i++) {
                    uuid(from + (long) i * UUID_BYTES, target + (long) i * UUID_CHARACTERS);
                }
            } else {
                Mem.copy(from, target, (long) count * length);
            }
            long ends = out.endsAddress();
            for (int i = 0; i < count; i++) {
                Mem.putInt(ends + 4L * i, (int) used + (i + 1) * size);
            }
            out.end(count, used + (long) count * size);
        }

        private static void uuid(long from, long to) {
            long at = to;
            for (int i = 0; i < UUID_BYTES; i++) {
                if (i == 4 || i == 6 || i == 8 || i == 10) {
                    Mem.putByte(at++, (byte) '-');
                }
                int value = Mem.getByte(from + i);
                Mem.putByte(at++, DIGITS[value >> 4 & 0x0F]);
                Mem.putByte(at++, DIGITS[value & 0x0F]);
            }
        }

        private long step(int count) throws IOException {
            long from = at;
            long bytes = (long) count * length;
            if (bytes > end - from) {
                throw new EOFException("a page ends before its last value");
            }
            at = from + bytes;
            return from;
        }
    }
}
