package dev.vitrine.connectors.csv;

import dev.vitrine.connectors.file.Options;
import dev.vitrine.engine.spi.ConnectorOption;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The options of the CSV connector, checked.
///
/// @param separator empty to find it out
/// @param escape empty to find it out
record CsvOptions(
        boolean header,
        boolean inferSchema,
        Optional<Byte> separator,
        byte quote,
        Optional<Byte> escape,
        byte comment,
        String nullValue,
        String emptyValue,
        boolean trimLeading,
        boolean trimTrailing,
        Mode mode,
        String corruptColumn,
        Optional<DateTimeFormatter> dateFormat,
        Optional<DateTimeFormatter> timestampFormat,
        ZoneId zone,
        Charset charset,
        int samplingRows) {

    /// What is done with records that do not fit the schema.
    enum Mode {
        /// Values that cannot be read are NULL.
        PERMISSIVE,
        /// The record is left out.
        DROPMALFORMED,
        /// The query fails.
        FAILFAST
    }

    static final List<ConnectorOption> KNOWN =
            List.of(
                    option("header", "boolean", "true", "The first line names the columns."),
                    option(
                            "inferSchema",
                            "boolean",
                            "true",
                            "Find out the columns' types from a sample; false makes every column a string."),
                    option(
                            "sep",
                            "char",
                            "",
                            "Between fields; found out among comma, semicolon, tab and bar if not given. Also `delimiter`."),
                    option(
                            "quote",
                            "char",
                            "\"",
                            "Around fields that hold separators or line breaks; empty for none."),
                    option(
                            "escape",
                            "char",
                            "",
                            "Before a quote inside quotes; the quote itself or a backslash, found out if not given."),
                    option("comment", "char", "", "Lines that begin with it are skipped."),
                    option("nullValue", "string", "", "Text that stands for NULL."),
                    option("emptyValue", "string", "", "What an empty quoted field is read as."),
                    option(
                            "ignoreLeadingWhiteSpace",
                            "boolean",
                            "false",
                            "Cut blanks before values."),
                    option(
                            "ignoreTrailingWhiteSpace",
                            "boolean",
                            "false",
                            "Cut blanks after values."),
                    option(
                            "mode",
                            "PERMISSIVE|DROPMALFORMED|FAILFAST",
                            "PERMISSIVE",
                            "What becomes of records that do not fit: NULLs, nothing, or an error."),
                    option(
                            "columnNameOfCorruptRecord",
                            "string",
                            "_corrupt_record",
                            "Column of the schema given that takes the text of records that do not fit."),
                    option("dateFormat", "string", "", "Pattern of dates; empty for ISO."),
                    option(
                            "timestampFormat",
                            "string",
                            "",
                            "Pattern of timestamps; empty for ISO."),
                    option(
                            "timeZone",
                            "string",
                            "",
                            "Zone of timestamps written without one; empty for the session's."),
                    option("encoding", "string", "UTF-8", "Encoding of the text. Also `charset`."),
                    option(
                            "multiLine",
                            "boolean",
                            "true",
                            "Accepted for Spark's sake: quoted line breaks are always understood."),
                    option(
                            "samplingRows",
                            "int",
                            "20000",
                            "Records looked at to find out types, per part of the sample."),
                    option(
                            "compression",
                            "none|gzip|zstd",
                            "none",
                            "How files are packed when written."));

    private static ConnectorOption option(String name, String kind, String value, String doc) {
        return new ConnectorOption(name, kind, value, doc);
    }

    static CsvOptions of(Options options) {
        Optional<Byte> separator = options.getByte("sep").or(() -> options.getByte("delimiter"));
        byte quote =
                options.get("quote").isPresent()
                        ? options.getByte("quote").orElse(Dialect.NONE)
                        : (byte) '"';
        return new CsvOptions(
                options.getBoolean("header", true),
                options.getBoolean("inferSchema", true),
                separator,
                quote,
                options.getByte("escape"),
                options.getByte("comment").orElse(Dialect.NONE),
                options.get("nullValue", ""),
                options.get("emptyValue", ""),
                options.getBoolean("ignoreLeadingWhiteSpace", false),
                options.getBoolean("ignoreTrailingWhiteSpace", false),
                mode(options.get("mode", "PERMISSIVE")),
                options.get("columnNameOfCorruptRecord", "_corrupt_record"),
                format(options, "dateFormat"),
                format(options, "timestampFormat"),
                zone(options.get("timeZone", "")),
                charset(options.get("encoding").orElse(options.get("charset", "UTF-8"))),
                Math.max(1, options.getInt("samplingRows", 20_000)));
    }

    private static Mode mode(String text) {
        try {
            return Mode.valueOf(text.strip().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw Options.invalid("mode", text, "PERMISSIVE, DROPMALFORMED or FAILFAST");
        }
    }

    private static Optional<DateTimeFormatter> format(Options options, String name) {
        String pattern = options.get(name, "");
        if (pattern.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new java.time.format.DateTimeFormatterBuilder()
                            .parseCaseInsensitive()
                            .appendPattern(pattern)
                            .parseDefaulting(ChronoField.ERA, 1)
                            .toFormatter(Locale.US));
        } catch (IllegalArgumentException e) {
            throw Options.invalid(name, pattern, "a pattern such as dd.MM.yyyy");
        }
    }

    private static ZoneId zone(String text) {
        try {
            return text.isEmpty() ? ZoneId.systemDefault() : ZoneId.of(text);
        } catch (DateTimeException e) {
            throw Options.invalid("timeZone", text, "a zone such as UTC or Europe/Paris");
        }
    }

    private static Charset charset(String text) {
        try {
            return text.isEmpty() ? StandardCharsets.UTF_8 : Charset.forName(text);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw Options.invalid("encoding", text, "an encoding such as UTF-8 or ISO-8859-1");
        }
    }
}
