package dev.vitrine.engine.api;

/// Times of day. Users see them as [Functions].
abstract sealed class ClockColumns extends VariantColumns permits UserColumns {
    ClockColumns() {}

    /// The time of day at which the query started.
    public static Column current_time() {
        return call("current_time");
    }

    public static Column current_time(Column precision) {
        return call("current_time", precision);
    }

    /// The time of day of three numbers.
    public static Column make_time(Column hour, Column minute, Column second) {
        return call("make_time", hour, minute, second);
    }

    /// Text as a time of day, by a pattern where one is given.
    public static Column to_time(Column str) {
        return call("to_time", str);
    }

    public static Column to_time(Column str, Column pattern) {
        return call("to_time", str, pattern);
    }

    /// to_time with NULL instead of an error.
    public static Column try_to_time(Column str) {
        return call("try_to_time", str);
    }

    public static Column try_to_time(Column str, Column pattern) {
        return call("try_to_time", str, pattern);
    }

    /// Whole units, HOUR to MICROSECOND, from start to end.
    public static Column time_diff(Column unit, Column start, Column end) {
        return call("time_diff", unit, start, end);
    }

    /// The time cut to a unit, HOUR to MICROSECOND.
    public static Column time_trunc(Column unit, Column time) {
        return call("time_trunc", unit, time);
    }

    /// The time a number of seconds, also a fraction, after midnight.
    public static Column time_from_seconds(Column n) {
        return call("time_from_seconds", n);
    }

    /// The time a number of milliseconds after midnight.
    public static Column time_from_millis(Column n) {
        return call("time_from_millis", n);
    }

    /// The time a number of microseconds after midnight.
    public static Column time_from_micros(Column n) {
        return call("time_from_micros", n);
    }

    /// Seconds since midnight with their fraction.
    public static Column time_to_seconds(Column time) {
        return call("time_to_seconds", time);
    }

    /// Milliseconds since midnight.
    public static Column time_to_millis(Column time) {
        return call("time_to_millis", time);
    }

    /// Microseconds since midnight.
    public static Column time_to_micros(Column time) {
        return call("time_to_micros", time);
    }
}
