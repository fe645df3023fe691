package dev.vitrine.engine.kernel;

import dev.vitrine.engine.batch.Mem;

/// Growing lists of 64-bit words, as aggregates that need all values of a group keep them in
/// [KeyTable] payloads. A payload holds the address of the newest chunk, the words that fit it
/// still and the length of the list; a chunk begins with the address of the one before it and its
/// size, and is twice as large as that up to a limit, so that nothing is ever moved.
public final class ValueWords {
    private static final int HEADER = 16;
    private static final int FIRST_WORDS = 4;
    private static final int MOST_WORDS = 1024;

    private ValueWords() {}

    /// A double as a number in the same order as [Double#compare].
    public static long word(double value) {
        long bits = Double.doubleToLongBits(value);
        return bits < 0 ? bits ^ Long.MAX_VALUE : bits;
    }

    /// The double that a word stands for.
    public static double number(long word) {
        return Double.longBitsToDouble(word < 0 ? word ^ Long.MAX_VALUE : word);
    }

    /// Appends a word to the list at `at`.
    public static void add(KeyTable table, long at, long word) {
        long room = Mem.getLong(at + 8);
        if (room == 0) {
            room = newChunk(table, at);
        }
        long chunk = Mem.getLong(at);
        long used = Mem.getLong(chunk + 8) - room;
        Mem.putLong(chunk + HEADER + 8 * used, word);
        Mem.putLong(at + 8, room - 1);
        Mem.putLong(at + 16, Mem.getLong(at + 16) + 1);
    }

    /// Appends words that lie one after the other.
    public static void addAll(KeyTable table, long at, StringRef words) {
        long from = words.address;
        long left = words.length / 8;
        Mem.putLong(at + 16, Mem.getLong(at + 16) + left);
        while (left > 0) {
            long room = Mem.getLong(at + 8);
            if (room == 0) {
                room = newChunk(table, at);
            }
            long chunk = Mem.getLong(at);
            long count = Math.min(room, left);
            long used = Mem.getLong(chunk + 8) - room;
            Mem.copy(from, chunk + HEADER + 8 * used, 8 * count);
            Mem.putLong(at + 8, room - count);
            from += 8 * count;
            left -= count;
        }
    }

    private static long newChunk(KeyTable table, long at) {
        long before = Mem.getLong(at);
        long words = before == 0 ? FIRST_WORDS : Math.min(2 * Mem.getLong(before + 8), MOST_WORDS);
        long chunk = table.room((int) (HEADER + 8 * words));
        Mem.putLong(chunk, before);
        Mem.putLong(chunk + 8, words);
        Mem.putLong(at, chunk);
        Mem.putLong(at + 8, words);
        return words;
    }

    /// Length of the list at `at`.
    public static long count(long at) {
        return Mem.getLong(at + 16);
    }

    /// Copies the list at `at` to memory that has room for it.
    public static void copy(long at, long target) {
        long end = target + 8 * count(at);
        long chunk = Mem.getLong(at);
        long unused = Mem.getLong(at + 8);
        while (chunk != 0) {
            long words = Mem.getLong(chunk + 8) - unused;
            end -= 8 * words;
            Mem.copy(chunk + HEADER, end, 8 * words);
            unused = 0;
            chunk = Mem.getLong(chunk);
        }
    }

    /// Copies the list at `at` to an array that has room for it.
    public static void copy(long at, long[] target) {
        int end = Math.toIntExact(count(at));
        long chunk = Mem.getLong(at);
        long unused = Mem.getLong(at + 8);
        while (chunk != 0) {
            int words = (int) (Mem.getLong(chunk + 8) - unused);
            end -= words;
            Mem.copy(chunk + HEADER, target, end, words);
            unused = 0;
            chunk = Mem.getLong(chunk);
        }
    }

    /// Puts the word that comes `place`th in order among the first `count`, from 0, there: smaller
    /// ones before, larger ones after it (Hoare's selection; sorts where it gets nowhere).
    public static long select(long[] words, int count, int place) {
        int from = 0;
        int to = count - 1;
        int steps = 2 * (64 - Long.numberOfLeadingZeros(count));
        while (from < to) {
            if (steps-- == 0) {
                java.util.Arrays.sort(words, from, to + 1);
                break;
            }
            long pivot = median(words[from], words[(from + to) >>> 1], words[to]);
            int left = from;
            int right = to;
            while (left <= right) {
                while (words[left] < pivot) {
                    left++;
                }
                while (words[right] > pivot) {
                    right--;
                }
                if (left <= right) {
                    long word = words[left];
                    words[left++] = words[right];
                    words[right--] = word;
                }
            }
            if (place <= right) {
                to = right;
            } else if (place >= left) {
                from = left;
            } else {
                break;
            }
        }
        return words[place];
    }

    private static long median(long a, long b, long c) {
        return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
    }
}
