package dev.vitrine.engine.function;

import static dev.vitrine.engine.function.ScalarDefinition.define;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.types.DataType;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Times carried from one zone to another.
final class ZoneFunctions {
    private static final String G = "date";

    private ZoneFunctions() {}

    static ZoneId zone(String name) {
        return DateTimeText.parseZone(name)
                .orElseThrow(() ->
                        new EngineException(
                                ErrorCode.INVALID_TIMEZONE, Map.of("timeZone", "'" + name + "'")));
    }

    static List<FunctionEntry> entries() {
        return List.of(
                define(
                                G,
                                "convert_timezone([source, ]target, time)",
                                "A local time of one zone, or of the session's, as that of another.",
                                "convert_timezone('Europe/Brussels', 'America/Los_Angeles', timestamp_ntz '2021-12-06 00:00:00')",
                                "2021-12-05 15:00:00")
                        .takes(ArgType.STRING, ArgType.STRING, ArgType.TIMESTAMP_NTZ)
                        .returns(DataType.TIMESTAMP_NTZ)
                        .fails()
                        .computedBy((a, s) ->
                                moved((Long) a[2], zone((String) a[0]), zone((String) a[1])))
                        .orElse(2, ZoneFunctions::fromSession),
                define(
                                G,
                                "from_utc_timestamp(time, zone)",
                                "A time taken as UTC, as a zone's clocks show it.",
                                "from_utc_timestamp('2016-08-31', 'Asia/Seoul')",
                                "2016-08-31 09:00:00")
                        .takes(ArgType.TIMESTAMP, ArgType.STRING)
                        .fails()
                        .computedBy(
                                (a, s) -> moved((Long) a[0], ZoneOffset.UTC, zone((String) a[1]))),
                define(
                                G,
                                "to_utc_timestamp(time, zone)",
                                "A time on a zone's clocks, as UTC.",
                                "to_utc_timestamp('2016-08-31', 'Asia/Seoul')",
                                "2016-08-30 15:00:00")
                        .takes(ArgType.TIMESTAMP, ArgType.STRING)
                        .fails()
                        .computedBy(
                                (a, s) -> moved((Long) a[0], zone((String) a[1]), ZoneOffset.UTC)));
    }

    private static Expr fromSession(FunctionCall call) {
        return FunctionRegistry.builtin()
                .resolve(
                        "convert_timezone",
                        call.withArgs(
                                List.of(
                                        Expr.Literal.of(call.zone().getId()),
                                        call.arg(0),
                                        call.arg(1))));
    }

    private static @Nullable Object moved(long micros, ZoneId from, ZoneId to) {
        LocalDateTime local = DateTimeText.toLocal(micros, ZoneOffset.UTC);
        return DateTimeText.toMicros(
                local.atZone(from).withZoneSameInstant(to).toLocalDateTime(), ZoneOffset.UTC);
    }
}
