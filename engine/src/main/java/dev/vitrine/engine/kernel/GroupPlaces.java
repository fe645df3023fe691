package dev.vitrine.engine.kernel;

import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.batch.ColumnBuilder;
import dev.vitrine.engine.batch.Dictionary;
import dev.vitrine.engine.batch.Mem;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// An array of groups for keys of few possible values: strings by their codes, whole numbers by
/// their distance from the smallest. A key's number is 0 for NULL, else one more than that; a
/// group's place is made of its keys' numbers. Kept from batch to batch while dictionaries and
/// ranges stay the same. Used by one thread.
public final class GroupPlaces {
    private static final long MAX_PLACES = 1L << 17;

    /// Places that are worth it for each row of a batch, beside a few for any.
    private static final int PLACES_A_ROW = 16;

    private static final int FEW_PLACES = 1 << 12;

    /// Ranges that change more often than this have no use.
    private static final int MOST_CHANGES = 256;

    private final int[] columns;
    private final @Nullable Dictionary[] dictionaries;
    private final long[] lows;
    private final long[] highs;
    private final int[] sizes;
    private long @Nullable [] places;
    private int changes;

    /// @param columns of the keys: strings, or whole numbers of at most 64 bits
    public GroupPlaces(int... columns) {
        this.columns = columns.clone();
        this.dictionaries = new @Nullable Dictionary[columns.length];
        this.lows = new long[columns.length];
        this.highs = new long[columns.length];
        this.sizes = new int[columns.length];
        forget();
    }

    /// Addresses of the payloads of the groups by place, 0 where none was looked up yet; null where
    /// a batch's keys may be too many or have no codes.
    public long @Nullable [] bind(Batch batch) {
        if (changes > MOST_CHANGES || batch.rowCount() == 0) {
            return null;
        }
        boolean same = places != null;
        long count = 1;
        long most = Math.min(MAX_PLACES, FEW_PLACES + (long) PLACES_A_ROW * batch.rowCount());
        for (int i = 0; i < columns.length; i++) {
            Dictionary dictionary = batch.dictionary(columns[i]);
            boolean number = ColumnBuilder.width(batch.schema().field(columns[i]).type()) > 0;
            if (dictionary == null && !number) {
                return null;
            }
            same &= dictionaries[i] == dictionary;
            dictionaries[i] = dictionary;
            same &= dictionary != null || widen(batch, i);
            long size = dictionary != null ? dictionary.size() : highs[i] - lows[i] + 1;
            if (size <= 0 || size >= most || (size + 1) * count > most) {
                forget();
                return null;
            }
            sizes[i] = (int) size + 1;
            count *= size + 1;
        }
        if (!same) {
            changes++;
            places = new long[(int) count];
        }
        return places;
    }

    /// Takes a batch's numbers into the range; whether it had them before.
    private boolean widen(Batch batch, int key) {
        long low = Long.MAX_VALUE;
        long high = Long.MIN_VALUE;
        long data = batch.dataAddress(columns[key]);
        long valid = batch.validityAddress(columns[key]);
        int width = ColumnBuilder.width(batch.schema().field(columns[key]).type());
        if (valid == 0 && width == 4) {
            int least = Integer.MAX_VALUE;
            int most = Integer.MIN_VALUE;
            for (int row = 0; row < batch.rowCount(); row++) {
                int value = Mem.getInt(data + 4L * row);
                least = Math.min(least, value);
                most = Math.max(most, value);
            }
            low = least;
            high = most;
        } else {
            for (int row = 0; row < batch.rowCount(); row++) {
                if (valid == 0 || Mem.getBit(valid, row)) {
                    long value = value(data, width, row);
                    low = Math.min(low, value);
                    high = Math.max(high, value);
                }
            }
        }
        if (low > high || low >= lows[key] && high <= highs[key]) {
            return true;
        }
        low = Math.min(lows[key], low);
        high = Math.max(highs[key], high);
        long range = high - low;
        if (range >= 0 && range <= MAX_PLACES) {
            // A little wider than it need be, so that the next batch does not widen it again.
            long unit = Long.highestOneBit(range | 16) / 16;
            low = Math.floorDiv(low, unit) * unit;
            high = Math.floorDiv(high, unit) * unit + unit - 1;
        }
        lows[key] = low;
        highs[key] = high;
        return false;
    }

    private static long value(long data, int width, int row) {
        return switch (width) {
            case 8 -> Mem.getLong(data + 8L * row);
            case 4 -> Mem.getInt(data + 4L * row);
            case 2 -> Mem.getShort(data + 2L * row);
            default -> Mem.getByte(data + row);
        };
    }

    /// How many numbers a key has.
    public int size(int key) {
        return sizes[key];
    }

    /// The smallest value of a key of whole numbers.
    public long low(int key) {
        return lows[key];
    }

    /// Forgets where groups lie.
    public void forget() {
        places = null;
        Arrays.fill(dictionaries, null);
        Arrays.fill(lows, Long.MAX_VALUE);
        Arrays.fill(highs, Long.MIN_VALUE);
    }
}
