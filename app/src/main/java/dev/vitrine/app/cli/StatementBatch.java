package dev.vitrine.app.cli;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vitrine.engine.api.Query;
import dev.vitrine.engine.api.QueryResult;
import dev.vitrine.engine.api.Session;
import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.types.Field;
import dev.vitrine.engine.types.Values;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/// Runs the statements of a JSON-lines file, each `{"id", "sql"}`, in one session, and prints an
/// object for each: its schema and rows as text, or its error. After an error the next one goes on.
final class StatementBatch {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final JsonFactory JSON = new JsonFactory();

    /// The columns of DESCRIBE, which Spark's shell shows 20 characters wide, NULL as blanks.
    private static final List<String> DESCRIBED = List.of("col_name", "data_type", "comment");

    private final Session session;
    private final OutputStream out;

    StatementBatch(Session session, OutputStream out) {
        this.session = session;
        this.out = out;
    }

    void run(Path file) throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank()) {
                    JsonNode statement = parse(line, file, number);
                    statement(statement.get("id"), statement.get("sql").asText());
                }
            }
        }
    }

    private static JsonNode parse(String line, Path file, int number) {
        try {
            JsonNode node = MAPPER.readTree(line);
            if (node.isObject() && node.has("id") && node.path("sql").isTextual()) {
                return node;
            }
        } catch (IOException e) {
            throw new UserInputException(
                    file + ", line " + number + ": not JSON: " + e.getMessage());
        }
        throw new UserInputException(
                file + ", line " + number + ": expected an object with \"id\" and \"sql\"");
    }

    private void statement(JsonNode id, String sql) throws IOException {
        ByteArrayOutputStream buffer = new ByteArrayOutputStream();
        try (Query query = session.query(sql)) {
            result(id, query.await(), buffer);
        } catch (EngineException e) {
            buffer.reset();
            error(
                    id,
                    e.code().condition(),
                    e.code().sqlState(),
                    String.valueOf(e.getMessage()),
                    buffer);
        } catch (RuntimeException e) {
            buffer.reset();
            error(id, "INTERNAL_ERROR", "XX000", e.toString(), buffer);
        }
        buffer.write('\n');
        buffer.writeTo(out);
        out.flush();
    }

    private static void result(JsonNode id, QueryResult result, OutputStream to)
            throws IOException {
        try (JsonGenerator json = JSON.createGenerator(to, JsonEncoding.UTF8)) {
            json.setCodec(MAPPER);
            json.writeStartObject();
            json.writeFieldName("id");
            json.writeTree(id);
            json.writeStringField("schema", result.schema().catalogString());
            json.writeArrayFieldStart("columns");
            for (Field field : result.schema().fields()) {
                json.writeStartObject();
                json.writeStringField("name", field.name());
                json.writeStringField("type", field.type().catalogString());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeArrayFieldStart("rows");
            boolean describes = result.schema().names().equals(DESCRIBED);
            for (Batch batch : result.batches()) {
                for (int row = 0; row < batch.rowCount(); row++) {
                    json.writeStartArray();
                    for (int column = 0; column < result.schema().size(); column++) {
                        Object value = batch.value(column, row);
                        if (describes) {
                            json.writeString(
                                    String.format("%-20s", Objects.requireNonNullElse(value, "")));
                        } else if (value == null) {
                            json.writeNull();
                        } else {
                            json.writeString(
                                    Values.toText(
                                            value,
                                            result.schema().field(column).type(),
                                            result.zone()));
                        }
                    }
                    json.writeEndArray();
                }
            }
            json.writeEndArray();
            json.writeEndObject();
        }
    }

    private static void error(
            JsonNode id, String condition, String sqlState, String message, OutputStream to)
            throws IOException {
        try (JsonGenerator json = JSON.createGenerator(to, JsonEncoding.UTF8)) {
            json.setCodec(MAPPER);
            json.writeStartObject();
            json.writeFieldName("id");
            json.writeTree(id);
            json.writeObjectFieldStart("error");
            json.writeStringField("class", condition);
            json.writeStringField("sqlState", sqlState);
            json.writeStringField("message", message);
            json.writeEndObject();
            json.writeEndObject();
        }
    }
}
