package dev.vitrine.engine.expr;

import java.util.List;
import java.util.Locale;

/// The functions that only windows have. FIRST_VALUE, LAST_VALUE and NTH_VALUE look at the frame,
/// all others at the partition.
public enum PositionFunction {
    ROW_NUMBER,
    RANK,
    DENSE_RANK,
    PERCENT_RANK,
    CUME_DIST,
    NTILE,
    LAG,
    LEAD,
    FIRST_VALUE,
    LAST_VALUE,
    NTH_VALUE;

    /// Lower-case name as Spark has it.
    public String functionName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Whether it is computed over the frame, and may have one other than its own.
    public boolean usesFrame() {
        return this == FIRST_VALUE || this == LAST_VALUE || this == NTH_VALUE;
    }

    boolean nullable(List<Expr> args) {
        return switch (this) {
            case ROW_NUMBER, RANK, DENSE_RANK, PERCENT_RANK, CUME_DIST, NTILE -> false;
            case LAG, LEAD ->
                    args.getFirst().nullable() || args.size() < 3 || args.get(2).nullable();
            case FIRST_VALUE, LAST_VALUE, NTH_VALUE -> true;
        };
    }
}
