package dev.vitrine.app.bench;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What can be compared of a result without its rows, their order not counted: a hash of all that
/// must be the same (texts, dates, whole numbers, where NULLs are), and for each column sums of
/// what may differ in its last digits. One of the sums weighs every number with its row's hash, so
/// that values in the wrong row are found. Knows nothing but the JDK.
public final class ResultDigest {
    private static final double RELATIVE = 1e-9;
    private static final long MULTIPLIER = 0x9E37_79B9_7F4A_7C15L;

    private long rows;
    private long exact;
    private double[][] columns = new double[0][];

    private static final int SUM = 0;
    private static final int MAGNITUDE = 1;
    private static final int WEIGHTED = 2;
    private static final int UNIT = 3;
    private static final int FIELDS = 4;

    /// Takes in one row.
    public void add(@Nullable Object[] row) {
        if (rows == 0) {
            columns = new double[row.length][FIELDS];
        }
        rows++;
        long hash = 1;
        for (@Nullable Object value : row) {
            hash = hash * 31 + (value == null || isNaN(value) ? 7 : part(value));
        }
        hash = mix(hash);
        exact += hash;
        double weight = 1 + (hash >>> 44) / (double) (1 << 20);
        for (int i = 0; i < row.length; i++) {
            if (row[i] instanceof Number number && !isExact(number) && !isNaN(number)) {
                double value = number.doubleValue();
                // The infinities would swallow the sums.
                double finite = Double.isFinite(value) ? value : 1e6;
                columns[i][SUM] += finite;
                columns[i][MAGNITUDE] += Math.abs(finite);
                columns[i][WEIGHTED] += finite * weight;
                if (number instanceof BigDecimal decimal) {
                    columns[i][UNIT] = Math.max(columns[i][UNIT], Math.pow(10, -decimal.scale()));
                }
            }
        }
    }

    /// The correlation of one row is NaN in one engine and NULL in another: here they are the same.
    private static boolean isNaN(Object value) {
        return value instanceof Double number && number.isNaN();
    }

    private static boolean isExact(Object value) {
        return !(value instanceof Double
                || value instanceof Float
                || (value instanceof BigDecimal decimal && decimal.scale() > 0));
    }

    private static long part(Object value) {
        return isExact(value) ? hash(value) : 11;
    }

    private static long hash(Object value) {
        return switch (value) {
            case BigDecimal decimal -> mix(decimal.toBigIntegerExact().longValue());
            case BigInteger whole -> mix(whole.longValue());
            case Number whole -> mix(whole.longValue());
            default -> {
                String text = value.toString();
                long hash = text.length();
                for (int i = 0; i < text.length(); i++) {
                    hash = hash * 1_000_003 + text.charAt(i);
                }
                yield mix(hash);
            }
        };
    }

    /// The finalizer of SplitMix64 (Steele, Lea and Flood, 2014).
    private static long mix(long value) {
        long z = value * MULTIPLIER;
        z = (z ^ (z >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D0_49BB_1331_11EBL;
        return z ^ (z >>> 31);
    }

    /// A value as it is shown where results differ.
    static String text(@Nullable Object value) {
        return value == null || isNaN(value) ? "NULL" : value.toString();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(rows + ";" + exact);
        for (double[] column : columns) {
            text.append(';');
            for (double field : column) {
                text.append(field).append(',');
            }
        }
        return text.toString();
    }

    /// How two digests, as [#toString] wrote them, differ; empty where they tell of the same
    /// result. Sums agree within one unit of the coarser scale a row, as averages are decimals in
    /// one engine and doubles in another, or within 1e-9 of their size.
    static List<String> differences(String one, String other) {
        String[] a = one.split(";");
        String[] b = other.split(";");
        List<String> found = new ArrayList<>();
        if (!a[0].equals(b[0])) {
            found.add("rows: " + a[0] + " and " + b[0]);
        } else if (a.length != b.length) {
            found.add("columns: " + (a.length - 2) + " and " + (b.length - 2));
        } else {
            if (!a[1].equals(b[1])) {
                found.add("texts, dates, whole numbers or NULLs");
            }
            for (int column = 2; column < a.length; column++) {
                if (!isClose(a[column].split(","), b[column].split(","), Long.parseLong(a[0]))) {
                    found.add("column " + (column - 1) + ": " + a[column] + " and " + b[column]);
                }
            }
        }
        return found;
    }

    private static boolean isClose(String[] a, String[] b, long rows) {
        double unit = Math.max(Double.parseDouble(a[UNIT]), Double.parseDouble(b[UNIT]));
        double magnitude =
                Math.max(Double.parseDouble(a[MAGNITUDE]), Double.parseDouble(b[MAGNITUDE]));
        double allowed = 2 * (unit * rows + RELATIVE * magnitude);
        return Math.abs(Double.parseDouble(a[SUM]) - Double.parseDouble(b[SUM])) <= allowed
                && Math.abs(Double.parseDouble(a[WEIGHTED]) - Double.parseDouble(b[WEIGHTED]))
                        <= allowed;
    }

    /// Whether two rows, each value as [#text] gave it, are the same but for last digits.
    static boolean isSame(List<String> one, List<String> other) {
        if (one.size() != other.size()) {
            return false;
        }
        for (int i = 0; i < one.size(); i++) {
            if (!one.get(i).equals(other.get(i)) && !isCloseNumber(one.get(i), other.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isCloseNumber(String one, String other) {
        try {
            BigDecimal a = new BigDecimal(one);
            BigDecimal b = new BigDecimal(other);
            int scale = Math.max(0, Math.min(a.scale(), b.scale()));
            BigDecimal unit = BigDecimal.ONE.movePointLeft(scale);
            BigDecimal relative =
                    a.abs().max(BigDecimal.ONE).multiply(BigDecimal.valueOf(RELATIVE));
            return a.subtract(b).abs().compareTo(unit.max(relative)) <= 0;
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
