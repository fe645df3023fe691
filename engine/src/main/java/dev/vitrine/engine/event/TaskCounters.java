package dev.vitrine.engine.event;

/// What one task attempt has done so far. Times in nanoseconds, sizes in bytes.
///
/// @param rowsCompiled rows that went into generated classes
/// @param rowsInterpreted rows that went into interpreted operators which evaluate expressions or
///   keys. Rows that are only moved, from a scan to an exchange, are in neither.
public record TaskCounters(
        long rowsRead,
        long bytesRead,
        long rowsWritten,
        long bytesWritten,
        long rowsCompiled,
        long rowsInterpreted,
        long spilledBytes,
        long cpuNanos) {
    public static final TaskCounters NONE = new TaskCounters(0, 0, 0, 0, 0, 0, 0, 0);

    public TaskCounters plus(TaskCounters other) {
        return new TaskCounters(
                rowsRead + other.rowsRead,
                bytesRead + other.bytesRead,
                rowsWritten + other.rowsWritten,
                bytesWritten + other.bytesWritten,
                rowsCompiled + other.rowsCompiled,
                rowsInterpreted + other.rowsInterpreted,
                spilledBytes + other.spilledBytes,
                cpuNanos + other.cpuNanos);
    }
}
