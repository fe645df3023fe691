package dev.vitrine.engine.api;

/// Functions of dates, times and intervals. Users see them as [Functions].
abstract sealed class TimeColumns extends TextColumns permits IntervalColumns {
    TimeColumns() {}

    /// The date a number of months after start.
    public static Column add_months(Column start, Column months) {
        return call("add_months", start, months);
    }

    public static Column add_months(Column start, int months) {
        return call("add_months", start, lit(months));
    }

    /// A local time of one zone, or of the session's, as that of another.
    public static Column convert_timezone(Column source, Column target) {
        return call("convert_timezone", source, target);
    }

    public static Column convert_timezone(Column source, Column target, Column time) {
        return call("convert_timezone", source, target, time);
    }

    /// The date on which the query started.
    public static Column curdate() {
        return call("curdate");
    }

    /// The date on which the query started.
    public static Column current_date() {
        return call("current_date");
    }

    /// The time at which the query started.
    public static Column current_timestamp() {
        return call("current_timestamp");
    }

    /// The session's time zone.
    public static Column current_timezone() {
        return call("current_timezone");
    }

    /// The date a number of days after start.
    public static Column date_add(Column start, Column days) {
        return call("date_add", start, days);
    }

    public static Column date_add(Column start, int days) {
        return call("date_add", start, lit(days));
    }

    /// Days from start to end.
    public static Column date_diff(Column end, Column start) {
        return call("date_diff", end, start);
    }

    /// A timestamp as text in a pattern such as yyyy-MM-dd.
    public static Column date_format(Column timestamp, String pattern) {
        return call("date_format", timestamp, lit(pattern));
    }

    /// The date a number of days after 1970-01-01.
    public static Column date_from_unix_date(Column days) {
        return call("date_from_unix_date", days);
    }

    /// The date a number of days before start.
    public static Column date_sub(Column start, Column days) {
        return call("date_sub", start, days);
    }

    public static Column date_sub(Column start, int days) {
        return call("date_sub", start, lit(days));
    }

    /// The timestamp cut to a unit: year … microsecond.
    public static Column date_trunc(String unit, Column timestamp) {
        return call("date_trunc", lit(unit), timestamp);
    }

    /// The date a number of days after start.
    public static Column dateadd(Column start, Column days) {
        return call("dateadd", start, days);
    }

    /// Days from start to end.
    public static Column datediff(Column end, Column start) {
        return call("datediff", end, start);
    }

    /// Day of the month of a date.
    public static Column day(Column date) {
        return call("day", date);
    }

    /// The day of the week, Mon to Sun.
    public static Column dayname(Column date) {
        return call("dayname", date);
    }

    /// Day of the month of a date.
    public static Column dayofmonth(Column date) {
        return call("dayofmonth", date);
    }

    /// Day of the week, 1 for Sunday to 7 for Saturday.
    public static Column dayofweek(Column date) {
        return call("dayofweek", date);
    }

    /// Day of the year, from 1.
    public static Column dayofyear(Column date) {
        return call("dayofyear", date);
    }

    /// Seconds since 1970 as text in the session's zone.
    public static Column from_unixtime(Column seconds) {
        return call("from_unixtime", seconds);
    }

    public static Column from_unixtime(Column seconds, String pattern) {
        return call("from_unixtime", seconds, lit(pattern));
    }

    /// A time taken as UTC, as a zone's clocks show it.
    public static Column from_utc_timestamp(Column time, Column zone) {
        return call("from_utc_timestamp", time, zone);
    }

    public static Column from_utc_timestamp(Column time, String zone) {
        return call("from_utc_timestamp", time, lit(zone));
    }

    /// Hour of a timestamp, 0 to 23.
    public static Column hour(Column timestamp) {
        return call("hour", timestamp);
    }

    /// The last day of the date's month.
    public static Column last_day(Column date) {
        return call("last_day", date);
    }

    /// The local time at which the query started, without a zone.
    public static Column localtimestamp() {
        return call("localtimestamp");
    }

    /// The date of three numbers.
    public static Column make_date(Column year, Column month, Column day) {
        return call("make_date", year, month, day);
    }

    /// An interval of days to seconds.
    public static Column make_dt_interval() {
        return call("make_dt_interval");
    }

    public static Column make_dt_interval(Column days) {
        return call("make_dt_interval", days);
    }

    public static Column make_dt_interval(Column days, Column hours) {
        return call("make_dt_interval", days, hours);
    }

    public static Column make_dt_interval(Column days, Column hours, Column minutes) {
        return call("make_dt_interval", days, hours, minutes);
    }

    public static Column make_dt_interval(
            Column days, Column hours, Column minutes, Column seconds) {
        return call("make_dt_interval", days, hours, minutes, seconds);
    }

    /// The time of six numbers, in a zone or the session's.
    public static Column make_timestamp(
            Column year, Column month, Column day, Column hour, Column minute, Column second) {
        return call("make_timestamp", year, month, day, hour, minute, second);
    }

    public static Column make_timestamp(
            Column year,
            Column month,
            Column day,
            Column hour,
            Column minute,
            Column second,
            Column zone) {
        return call("make_timestamp", year, month, day, hour, minute, second, zone);
    }

    /// The time of six numbers, in a zone or the session's.
    public static Column make_timestamp_ltz(
            Column year, Column month, Column day, Column hour, Column minute, Column second) {
        return call("make_timestamp_ltz", year, month, day, hour, minute, second);
    }

    public static Column make_timestamp_ltz(
            Column year,
            Column month,
            Column day,
            Column hour,
            Column minute,
            Column second,
            Column zone) {
        return call("make_timestamp_ltz", year, month, day, hour, minute, second, zone);
    }

    /// The local time of six numbers.
    public static Column make_timestamp_ntz(
            Column year, Column month, Column day, Column hour, Column minute, Column second) {
        return call("make_timestamp_ntz", year, month, day, hour, minute, second);
    }

    /// An interval of years and months.
    public static Column make_ym_interval() {
        return call("make_ym_interval");
    }

    public static Column make_ym_interval(Column years) {
        return call("make_ym_interval", years);
    }

    public static Column make_ym_interval(Column years, Column months) {
        return call("make_ym_interval", years, months);
    }

    /// Minute of a timestamp.
    public static Column minute(Column timestamp) {
        return call("minute", timestamp);
    }

    /// Month of a date, 1 to 12.
    public static Column month(Column date) {
        return call("month", date);
    }

    /// The month, Jan to Dec.
    public static Column monthname(Column date) {
        return call("monthname", date);
    }

    /// Months from start to end, with a fraction of 31 days.
    public static Column months_between(Column end, Column start) {
        return call("months_between", end, start);
    }

    public static Column months_between(Column end, Column start, boolean round) {
        return call("months_between", end, start, lit(round));
    }

    /// The first such weekday after the date.
    public static Column next_day(Column date, Column weekday) {
        return call("next_day", date, weekday);
    }

    public static Column next_day(Column date, String weekday) {
        return call("next_day", date, lit(weekday));
    }

    /// The time at which the query started.
    public static Column now() {
        return call("now");
    }

    /// Quarter of a date, 1 to 4.
    public static Column quarter(Column date) {
        return call("quarter", date);
    }

    /// Second of a timestamp.
    public static Column second(Column timestamp) {
        return call("second", timestamp);
    }

    /// The time a number of microseconds after 1970.
    public static Column timestamp_micros(Column n) {
        return call("timestamp_micros", n);
    }

    /// The time a number of milliseconds after 1970.
    public static Column timestamp_millis(Column n) {
        return call("timestamp_millis", n);
    }

    /// The time a number of seconds, also a fraction, after 1970.
    public static Column timestamp_seconds(Column n) {
        return call("timestamp_seconds", n);
    }

    /// Text as a date, by a pattern where one is given.
    public static Column to_date(Column str) {
        return call("to_date", str);
    }

    public static Column to_date(Column str, String pattern) {
        return call("to_date", str, lit(pattern));
    }

    /// Text as a timestamp, by a pattern where one is given.
    public static Column to_timestamp(Column str) {
        return call("to_timestamp", str);
    }

    public static Column to_timestamp(Column str, String pattern) {
        return call("to_timestamp", str, lit(pattern));
    }

    /// Text as a timestamp in the session's zone.
    public static Column to_timestamp_ltz(Column str) {
        return call("to_timestamp_ltz", str);
    }

    public static Column to_timestamp_ltz(Column str, Column pattern) {
        return call("to_timestamp_ltz", str, pattern);
    }

    /// Text as a timestamp without a zone.
    public static Column to_timestamp_ntz(Column str) {
        return call("to_timestamp_ntz", str);
    }

    public static Column to_timestamp_ntz(Column str, Column pattern) {
        return call("to_timestamp_ntz", str, pattern);
    }

    /// Seconds since 1970 of a time, or of now.
    public static Column to_unix_timestamp(Column time) {
        return call("to_unix_timestamp", time);
    }

    public static Column to_unix_timestamp(Column time, Column pattern) {
        return call("to_unix_timestamp", time, pattern);
    }

    /// A time on a zone's clocks, as UTC.
    public static Column to_utc_timestamp(Column time, Column zone) {
        return call("to_utc_timestamp", time, zone);
    }

    public static Column to_utc_timestamp(Column time, String zone) {
        return call("to_utc_timestamp", time, lit(zone));
    }

    /// The first day of the date's year, quarter, month or week.
    public static Column trunc(Column date, String unit) {
        return call("trunc", date, lit(unit));
    }

    /// The time of six numbers, in a zone or the session's; NULL where there is none.
    public static Column try_make_timestamp(
            Column year, Column month, Column day, Column hour, Column minute, Column second) {
        return call("try_make_timestamp", year, month, day, hour, minute, second);
    }

    public static Column try_make_timestamp(
            Column year,
            Column month,
            Column day,
            Column hour,
            Column minute,
            Column second,
            Column zone) {
        return call("try_make_timestamp", year, month, day, hour, minute, second, zone);
    }

    /// The time of six numbers, in a zone or the session's; NULL where there is none.
    public static Column try_make_timestamp_ltz(
            Column year, Column month, Column day, Column hour, Column minute, Column second) {
        return call("try_make_timestamp_ltz", year, month, day, hour, minute, second);
    }

    public static Column try_make_timestamp_ltz(
            Column year,
            Column month,
            Column day,
            Column hour,
            Column minute,
            Column second,
            Column zone) {
        return call("try_make_timestamp_ltz", year, month, day, hour, minute, second, zone);
    }

    /// The local time of six numbers; NULL where there is none.
    public static Column try_make_timestamp_ntz(
            Column year, Column month, Column day, Column hour, Column minute, Column second) {
        return call("try_make_timestamp_ntz", year, month, day, hour, minute, second);
    }

    /// to_date with NULL instead of an error.
    public static Column try_to_date(Column str) {
        return call("try_to_date", str);
    }

    public static Column try_to_date(Column str, String pattern) {
        return call("try_to_date", str, lit(pattern));
    }

    /// to_timestamp with NULL instead of an error.
    public static Column try_to_timestamp(Column str) {
        return call("try_to_timestamp", str);
    }

    public static Column try_to_timestamp(Column str, Column pattern) {
        return call("try_to_timestamp", str, pattern);
    }

    /// Days since 1970-01-01.
    public static Column unix_date(Column date) {
        return call("unix_date", date);
    }

    /// Microseconds since 1970.
    public static Column unix_micros(Column timestamp) {
        return call("unix_micros", timestamp);
    }

    /// Milliseconds since 1970.
    public static Column unix_millis(Column timestamp) {
        return call("unix_millis", timestamp);
    }

    /// Seconds since 1970.
    public static Column unix_seconds(Column timestamp) {
        return call("unix_seconds", timestamp);
    }

    /// Seconds since 1970 of a time, or of now.
    public static Column unix_timestamp() {
        return call("unix_timestamp");
    }

    public static Column unix_timestamp(Column time) {
        return call("unix_timestamp", time);
    }

    public static Column unix_timestamp(Column time, String pattern) {
        return call("unix_timestamp", time, lit(pattern));
    }

    /// Day of the week, 0 for Monday to 6 for Sunday.
    public static Column weekday(Column date) {
        return call("weekday", date);
    }

    /// Week of the ISO year.
    public static Column weekofyear(Column date) {
        return call("weekofyear", date);
    }

    /// Year of a date.
    public static Column year(Column date) {
        return call("year", date);
    }
}
