package dev.vitrine.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PipelineFileTest {
    private static final NodeKinds KINDS = NodeKinds.load();

    @ParameterizedTest
    @ValueSource(strings = {"busiest-airports", "crowded-routes", "strikes-by-state"})
    void samplesAreValidAndPrintAsTheyAre(String name) throws IOException {
        String text = sample(name);
        Pipeline pipeline = PipelineFile.parse(text, name);
        assertEquals(List.of(), schemaErrors(new ObjectMapper().readTree(text)));
        assertEquals(text, PipelineFile.print(pipeline));
        PipelinePlans plans = new PipelinePlans(KINDS, new NamesOnlyParser());
        assertEquals(List.of(), plans.check(pipeline.document()));
    }

    @Test
    void whatIsNotKnownIsKept() {
        String text =
                """
                {
                  "format": "vitrine-pipeline",
                  "version": 1,
                  "name": "p",
                  "nodes": [
                    {
                      "id": "a",
                      "kind": "from-the-future",
                      "config": {"x": [1, {"y": 2.5}], "z": null, "t": true},
                      "colour": "red"
                    }
                  ],
                  "edges": [],
                  "comments": [
                    "mind the gap"
                  ],
                  "layout": {
                    "a": [8, 16]
                  }
                }
                """;
        Pipeline pipeline = PipelineFile.parse(text, "p");
        assertEquals(Map.of("colour", "red"), pipeline.document().nodes().getFirst().extra());
        assertEquals(text.replace(", \"z\": null", ""), PipelineFile.print(pipeline));
    }

    @Test
    void errorsNameTheFileAndWhatIsWrong() {
        assertMessage("{", "line 1");
        assertMessage("[]", "no JSON object");
        assertMessage("{\"name\": \"x\"}", "no `version`");
        assertMessage("{\"version\": 99}", "version is 99");
        assertMessage("{\"version\": 1, \"nodes\": {}}", "`nodes` is no list");
        assertMessage("{\"version\": 1, \"nodes\": [{\"id\": \"a\"}]}", "node `a` has no `kind`");
        assertMessage(
                "{\"version\": 1, \"nodes\": [{\"id\": \"a\", \"kind\": \"k\"}, {\"id\": \"a\", \"kind\": \"k\"}]}",
                "two nodes have the id `a`");
        assertMessage("{\"version\": 1, \"layout\": {\"a\": 3}}", "the place of `a`");
    }

    @Test
    void writingReplacesTheFileAndLeavesNothingBeside(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("p.pipeline.json");
        PipelineFile.write(file, Pipeline.empty("one"));
        PipelineFile.write(file, Pipeline.empty("two"));
        assertEquals("two", PipelineFile.read(file).document().name());
        try (var files = Files.list(folder)) {
            assertEquals(List.of(file), files.toList());
        }
    }

    private static void assertMessage(String text, String part) {
        EngineException e =
                assertThrows(EngineException.class, () -> PipelineFile.parse(text, "p.json"));
        assertEquals(ErrorCode.INVALID_DOCUMENT, e.code());
        assertTrue(String.valueOf(e.getMessage()).contains(part), e.getMessage());
        assertTrue(String.valueOf(e.getMessage()).contains("`p.json`"), e.getMessage());
    }

    static String sample(String name) {
        String path = "/dev/vitrine/sample/pipelines/" + name + ".pipeline.json";
        try (InputStream in =
                Objects.requireNonNull(PipelineFileTest.class.getResourceAsStream(path), path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Holds a document against the published schema: the keywords that it uses, no more.
    private static List<String> schemaErrors(JsonNode document) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(
                        PipelineFile.class.getResourceAsStream("pipeline.schema.json"))) {
            List<String> errors = new ArrayList<>();
            check(new ObjectMapper().readTree(in), document, "$", errors);
            return errors;
        }
    }

    private static void check(JsonNode schema, JsonNode value, String at, List<String> errors) {
        if (schema.has("const") && !schema.get("const").asText().equals(value.asText())) {
            errors.add(at + " is not " + schema.get("const"));
        }
        boolean fits =
                switch (schema.path("type").asText("")) {
                    case "object" -> value.isObject();
                    case "array" -> value.isArray();
                    case "string" -> value.isTextual();
                    case "boolean" -> value.isBoolean();
                    case "number" -> value.isNumber();
                    default -> true;
                };
        if (!fits) {
            errors.add(at + " is no " + schema.path("type"));
            return;
        }
        schema.path("required")
                .forEach(key -> {
                    if (!value.has(key.asText())) {
                        errors.add(at + " has no " + key);
                    }
                });
        value.properties()
                .forEach(entry -> {
                    JsonNode member = schema.path("properties").path(entry.getKey());
                    check(
                            member.isMissingNode() ? schema.path("additionalProperties") : member,
                            entry.getValue(),
                            at + "." + entry.getKey(),
                            errors);
                });
        for (int i = 0; value.isArray() && i < value.size(); i++) {
            check(schema.path("items"), value.get(i), at + "[" + i + "]", errors);
        }
    }
}
