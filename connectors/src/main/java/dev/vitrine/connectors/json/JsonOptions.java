package dev.vitrine.connectors.json;

import dev.vitrine.connectors.file.Options;
import dev.vitrine.engine.spi.ConnectorOption;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;

/// The options of the JSON connector, checked.
///
/// @param multiLine whether a file is one array or object; where it begins with `[` it is taken so
///   anyway
record JsonOptions(
        boolean multiLine,
        Mode mode,
        String corruptColumn,
        boolean primitivesAsString,
        boolean inferTimestamp,
        ZoneId zone,
        int samplingRows) {
    enum Mode {
        PERMISSIVE,
        DROPMALFORMED,
        FAILFAST
    }

    static final List<ConnectorOption> KNOWN =
            List.of(
                    new ConnectorOption(
                            "multiLine",
                            "boolean",
                            "false",
                            "A file is one array of objects or one object; found out where it begins with [."),
                    new ConnectorOption(
                            "mode",
                            "PERMISSIVE|DROPMALFORMED|FAILFAST",
                            "PERMISSIVE",
                            "What becomes of records that do not fit: NULLs, nothing, or an error."),
                    new ConnectorOption(
                            "columnNameOfCorruptRecord",
                            "string",
                            "_corrupt_record",
                            "Column of the schema given that takes the text of records that do not fit."),
                    new ConnectorOption(
                            "primitivesAsString",
                            "boolean",
                            "false",
                            "Take numbers and booleans as strings when finding out types."),
                    new ConnectorOption(
                            "inferTimestamp",
                            "boolean",
                            "false",
                            "Take texts that are all ISO timestamps as timestamps."),
                    new ConnectorOption(
                            "timeZone",
                            "string",
                            "",
                            "Zone of timestamps written without one; empty for the session's."),
                    new ConnectorOption(
                            "samplingRows", "int", "20000", "Records looked at to find out types."),
                    new ConnectorOption(
                            "ignoreNullFields", "boolean", "true", "Leave NULLs out when writing."),
                    new ConnectorOption(
                            "compression",
                            "none|gzip|zstd",
                            "none",
                            "How files are packed when written."));

    static JsonOptions of(Options options) {
        String mode = options.get("mode", "PERMISSIVE");
        String zone = options.get("timeZone", "");
        try {
            return new JsonOptions(
                    options.getBoolean("multiLine", false),
                    mode(mode),
                    options.get("columnNameOfCorruptRecord", "_corrupt_record"),
                    options.getBoolean("primitivesAsString", false),
                    options.getBoolean("inferTimestamp", false),
                    zone.isEmpty() ? ZoneId.systemDefault() : ZoneId.of(zone),
                    Math.max(1, options.getInt("samplingRows", 20_000)));
        } catch (DateTimeException e) {
            throw Options.invalid("timeZone", zone, "a zone such as UTC or Europe/Paris");
        }
    }

    private static Mode mode(String text) {
        try {
            return Mode.valueOf(text.strip().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw Options.invalid("mode", text, "PERMISSIVE, DROPMALFORMED or FAILFAST");
        }
    }
}
