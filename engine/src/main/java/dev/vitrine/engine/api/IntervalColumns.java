package dev.vitrine.engine.api;

/// Calendar intervals and windows of time. Users see them as [Functions].
abstract sealed class IntervalColumns extends TimeColumns permits ArrayColumns {
    IntervalColumns() {}

    /// An interval of months, days and microseconds.
    public static Column make_interval() {
        return call("make_interval");
    }

    public static Column make_interval(Column years) {
        return call("make_interval", years);
    }

    public static Column make_interval(Column years, Column months) {
        return call("make_interval", years, months);
    }

    public static Column make_interval(Column years, Column months, Column weeks) {
        return call("make_interval", years, months, weeks);
    }

    public static Column make_interval(Column years, Column months, Column weeks, Column days) {
        return call("make_interval", years, months, weeks, days);
    }

    public static Column make_interval(
            Column years, Column months, Column weeks, Column days, Column hours) {
        return call("make_interval", years, months, weeks, days, hours);
    }

    public static Column make_interval(
            Column years, Column months, Column weeks, Column days, Column hours, Column mins) {
        return call("make_interval", years, months, weeks, days, hours, mins);
    }

    public static Column make_interval(
            Column years,
            Column months,
            Column weeks,
            Column days,
            Column hours,
            Column mins,
            Column secs) {
        return call("make_interval", years, months, weeks, days, hours, mins, secs);
    }

    /// The same, NULL where a part is too large.
    public static Column try_make_interval(Column years) {
        return call("try_make_interval", years);
    }

    public static Column try_make_interval(Column years, Column months) {
        return call("try_make_interval", years, months);
    }

    public static Column try_make_interval(Column years, Column months, Column weeks) {
        return call("try_make_interval", years, months, weeks);
    }

    public static Column try_make_interval(Column years, Column months, Column weeks, Column days) {
        return call("try_make_interval", years, months, weeks, days);
    }

    public static Column try_make_interval(
            Column years, Column months, Column weeks, Column days, Column hours) {
        return call("try_make_interval", years, months, weeks, days, hours);
    }

    public static Column try_make_interval(
            Column years, Column months, Column weeks, Column days, Column hours, Column mins) {
        return call("try_make_interval", years, months, weeks, days, hours, mins);
    }

    public static Column try_make_interval(
            Column years,
            Column months,
            Column weeks,
            Column days,
            Column hours,
            Column mins,
            Column secs) {
        return call("try_make_interval", years, months, weeks, days, hours, mins, secs);
    }

    /// Windows of `duration` one after the other that rows are grouped into by `time`: a struct of
    /// their start and end.
    ///
    /// @param duration such as `10 minutes`
    public static Column window(Column time, String duration) {
        return call("window", time, lit(duration));
    }

    /// Windows that begin every `slide`, so that a row can be in several.
    public static Column window(Column time, String duration, String slide) {
        return call("window", time, lit(duration), lit(slide));
    }

    /// @param start how long after 1970-01-01 00:00 UTC the first window begins
    public static Column window(Column time, String duration, String slide, String start) {
        return call("window", time, lit(duration), lit(slide), lit(start));
    }

    /// Spans of rows that are no more than `gap` apart, which rows are grouped into by `time`: a
    /// struct of their start and end.
    ///
    /// @param gap such as `5 minutes`
    public static Column session_window(Column time, String gap) {
        return session_window(time, lit(gap));
    }

    /// @param gap an interval or its text, of each row; rows whose gap is not above zero are in no
    ///   session
    public static Column session_window(Column time, Column gap) {
        return call("session_window", time, gap);
    }

    /// The time that a window stands for: its last microsecond.
    public static Column window_time(Column window) {
        return call("window_time", window);
    }

    /// The start of the bucket of length `width` that a time lies in.
    public static Column time_bucket(Column width, Column time) {
        return call("time_bucket", width, time);
    }

    public static Column time_bucket(Column width, Column time, Column origin) {
        return call("time_bucket", width, time, origin);
    }
}
