package dev.vitrine.connectors.parquet;

import dev.vitrine.connectors.file.FolderSink;
import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.types.Schema;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.OutputFile;

/// One Parquet file being written. Hadoop is compiled against and never there at run time.
final class ParquetPart implements FolderSink.PartFile {
    /// Row groups small enough that the tasks of two cores share a table of a few million rows.
    private static final int ROW_GROUP_ROWS = 1 << 20;

    private static final long ROW_GROUP_BYTES = 128L << 20;

    private final ParquetWriter<RowWriteSupport.Row> writer;

    ParquetPart(Path file, Schema schema, CompressionCodecName codec) throws IOException {
        writer =
                new Builder(new LocalOutputFile(file), schema)
                        .withConf(new PlainParquetConfiguration())
                        .withCodecFactory(new Codecs())
                        .withCompressionCodec(codec)
                        .withRowGroupRowCountLimit(ROW_GROUP_ROWS)
                        .withRowGroupSize(ROW_GROUP_BYTES)
                        .build();
    }

    @Override
    public void write(Batch batch) throws IOException {
        RowWriteSupport.Row row = new RowWriteSupport.Row(batch);
        for (row.index = 0; row.index < batch.rowCount(); row.index++) {
            writer.write(row);
        }
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }

    private static final class Builder extends ParquetWriter.Builder<RowWriteSupport.Row, Builder> {
        private final Schema schema;

        Builder(OutputFile file, Schema schema) {
            super(file);
            this.schema = schema;
        }

        @Override
        protected Builder self() {
            return this;
        }

        @Override
        @SuppressWarnings("deprecation")
        protected WriteSupport<RowWriteSupport.Row> getWriteSupport(Configuration configuration) {
            return new RowWriteSupport(schema);
        }

        @Override
        protected WriteSupport<RowWriteSupport.Row> getWriteSupport(
                ParquetConfiguration configuration) {
            return new RowWriteSupport(schema);
        }
    }
}
