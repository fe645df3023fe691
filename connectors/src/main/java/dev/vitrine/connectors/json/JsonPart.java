package dev.vitrine.connectors.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.vitrine.connectors.file.FolderSink;
import dev.vitrine.connectors.file.PackedOutput;
import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.types.Schema;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/// One file of JSON lines being written.
final class JsonPart implements FolderSink.PartFile {
    private final OutputStream out;
    private final JsonGenerator json;
    private final Schema schema;
    private final boolean ignoreNulls;

    JsonPart(Path file, Schema schema, boolean ignoreNulls, PackedOutput packing)
            throws IOException {
        this.schema = schema;
        this.ignoreNulls = ignoreNulls;
        this.out = packing.open(file);
        this.json = JsonLines.FACTORY.createGenerator(out);
        json.setRootValueSeparator(null);
    }

    @Override
    public void write(Batch batch, int first, int end) throws IOException {
        for (int row = first; row < end; row++) {
            json.writeStartObject();
            for (int column = 0; column < schema.size(); column++) {
                JsonValues.member(
                        json, schema.field(column), batch.value(column, row), ignoreNulls);
            }
            json.writeEndObject();
            json.writeRaw('\n');
        }
    }

    @Override
    public void close() throws IOException {
        json.close();
        out.close();
    }
}
