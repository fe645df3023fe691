package dev.vitrine.engine.event;

/// What one task attempt has done so far. Times in nanoseconds, sizes in bytes.
///
/// @param rowsCompiled rows of its input that went through compiled code
public record TaskCounters(
        long rowsRead,
        long bytesRead,
        long rowsWritten,
        long bytesWritten,
        long rowsCompiled,
        long spilledBytes,
        long cpuNanos) {
    public static final TaskCounters NONE = new TaskCounters(0, 0, 0, 0, 0, 0, 0);

    public TaskCounters plus(TaskCounters other) {
        return new TaskCounters(
                rowsRead + other.rowsRead,
                bytesRead + other.bytesRead,
                rowsWritten + other.rowsWritten,
                bytesWritten + other.bytesWritten,
                rowsCompiled + other.rowsCompiled,
                spilledBytes + other.spilledBytes,
                cpuNanos + other.cpuNanos);
    }
}
