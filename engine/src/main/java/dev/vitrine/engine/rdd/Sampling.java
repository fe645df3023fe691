package dev.vitrine.engine.rdd;

import java.util.Collections;
import java.util.Iterator;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// Random parts of partitions. A partition's numbers come from the seed and its own number, so that
/// a task that runs again takes the same objects.
final class Sampling {
    private Sampling() {}

    static Random random(long seed, int partition) {
        // Seeds that lie side by side give numbers alike at first: spread them.
        return new Random((seed + partition) * 0x9E3779B97F4A7C15L ^ seed >>> 31);
    }

    /// Each object with a probability of `to - from`; of the same seed, what ranges that do not
    /// overlap give do not overlap.
    static <T extends @Nullable Object> Iterator<T> range(
            Iterator<T> objects, double from, double to, Random random) {
        return Items.filtered(
                objects,
                object -> {
                    double at = random.nextDouble();
                    return at >= from && at < to;
                });
    }

    /// Each object any number of times, `mean` in the long run.
    static <T extends @Nullable Object> Iterator<T> replaced(
            Iterator<T> objects, double mean, Random random) {
        return Items.all(
                objects, object -> Collections.nCopies(poisson(mean, random), object).iterator());
    }

    /// A number of Poisson's distribution, by multiplying (Knuth), in steps that keep the product
    /// from vanishing.
    private static int poisson(double mean, Random random) {
        int count = 0;
        double left = mean;
        while (left > 0) {
            double step = Math.min(left, 500);
            left -= step;
            double limit = Math.exp(-step);
            double product = random.nextDouble();
            while (product > limit) {
                count++;
                product *= random.nextDouble();
            }
        }
        return count;
    }
}
