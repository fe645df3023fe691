package dev.vitrine.connectors.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.vitrine.connectors.file.DataFile;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.types.Field;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads records one by one as boxed values, and knows what the mode makes of those that do not
/// fit.
final class JsonRecords {
    private static final int SHOWN = 200;

    private final JsonSource source;
    private final DataFile file;
    private final List<Field> fields;
    private final JsonValues values;
    private final int corruptColumn;

    JsonRecords(JsonSource source, DataFile file, List<Field> fields) {
        this.source = source;
        this.file = file;
        this.fields = fields;
        this.values = new JsonValues(source.options().zone());
        int corrupt = -1;
        for (int i = 0; i < fields.size(); i++) {
            corrupt = source.isCorruptColumn(fields.get(i).name()) ? i : corrupt;
        }
        this.corruptColumn = corrupt;
    }

    /// Where a record stands, for what is said about it.
    interface Place {
        String text();

        /// Byte of the file where it begins.
        long offset();
    }

    /// Gives the parser of a record, at its first token; null at the end.
    interface Opening {
        @Nullable JsonParser open() throws IOException;
    }

    /// What became of a record.
    ///
    /// @param row its values, or null where it is left out or there was none
    /// @param broken whether it is no JSON
    /// @param ended whether there was none
    record Outcome(@Nullable Object @Nullable [] row, boolean broken, boolean ended) {}

    /// Reads a record.
    ///
    /// @param alone whether nothing may follow it
    Outcome read(Opening opening, boolean alone, Place place) throws IOException {
        @Nullable Object[] row = new @Nullable Object[fields.size()];
        String reason = "a value does not fit its column";
        boolean broken = false;
        values.faulty = false;
        try {
            JsonParser record = opening.open();
            if (record == null) {
                return new Outcome(null, false, true);
            }
            if (record.currentToken() == JsonToken.START_OBJECT) {
                row = values.object(record, fields);
                if (alone && record.nextToken() != null) {
                    values.faulty = true;
                    reason = "text follows the object";
                }
            } else {
                record.skipChildren();
                values.faulty = true;
                reason = "it is no object";
            }
        } catch (JsonProcessingException e) {
            broken = true;
            values.faulty = true;
            reason = e.getOriginalMessage();
            row = new @Nullable Object[fields.size()];
        }
        boolean kept = !values.faulty || keep(row, reason, place);
        return new Outcome(kept ? row : null, broken, false);
    }

    /// What the mode makes of a record that does not fit: false to leave it out.
    private boolean keep(@Nullable Object[] row, String reason, Place place) throws IOException {
        return switch (source.options().mode()) {
            case DROPMALFORMED -> false;
            case FAILFAST -> throw malformed(reason, place);
            case PERMISSIVE -> {
                if (corruptColumn >= 0) {
                    row[corruptColumn] = place.text();
                }
                yield true;
            }
        };
    }

    private EngineException malformed(String reason, Place place) throws IOException {
        String text = place.text();
        return new EngineException(
                ErrorCode.MALFORMED_RECORD_IN_PARSING,
                Map.of(
                        "path",
                        file.path(),
                        "line",
                        file.lineAt(place.offset(), StandardCharsets.UTF_8),
                        "reason",
                        reason,
                        "badRecord",
                        text.length() > SHOWN ? text.substring(0, SHOWN) : text));
    }
}
