package dev.vitrine.connectors.parquet;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.jspecify.annotations.Nullable;

/// Files that parquet-java writes: raw values in a schema given as text, packed as a test wants.
final class Written {
    private Written() {}

    /// How a file is packed.
    ///
    /// @param change last changes to the writer
    record Packing(
            WriterVersion version, CompressionCodecName codec, UnaryOperator<Builder> change) {
        static Packing plain() {
            return new Packing(
                    WriterVersion.PARQUET_1_0,
                    CompressionCodecName.UNCOMPRESSED,
                    builder -> builder);
        }
    }

    /// Writes rows of Boolean, Integer, Long, Float, Double or byte[], null for NULL.
    static void write(
            Path file,
            String schema,
            List<? extends List<? extends @Nullable Object>> rows,
            Packing packing)
            throws IOException {
        MessageType message = MessageTypeParser.parseMessageType(schema);
        Builder builder =
                new Builder(new LocalOutputFile(file), message)
                        .withConf(new PlainParquetConfiguration())
                        .withCodecFactory(new Codecs())
                        .withCompressionCodec(packing.codec())
                        .withWriterVersion(packing.version());
        try (ParquetWriter<List<? extends @Nullable Object>> writer =
                packing.change().apply(builder).build()) {
            for (List<? extends @Nullable Object> row : rows) {
                writer.write(row);
            }
        }
    }

    static final class Builder
            extends ParquetWriter.Builder<List<? extends @Nullable Object>, Builder> {
        private final MessageType message;

        Builder(OutputFile file, MessageType message) {
            super(file);
            this.message = message;
        }

        @Override
        protected Builder self() {
            return this;
        }

        @Override
        @SuppressWarnings("deprecation")
        protected WriteSupport<List<? extends @Nullable Object>> getWriteSupport(
                Configuration configuration) {
            return new Rows(message);
        }

        @Override
        protected WriteSupport<List<? extends @Nullable Object>> getWriteSupport(
                ParquetConfiguration configuration) {
            return new Rows(message);
        }
    }

    private static final class Rows extends WriteSupport<List<? extends @Nullable Object>> {
        private final MessageType message;
        private @Nullable RecordConsumer out;

        Rows(MessageType message) {
            this.message = message;
        }

        @Override
        @SuppressWarnings("deprecation")
        public WriteContext init(Configuration configuration) {
            return new WriteContext(message, Map.of());
        }

        @Override
        public WriteContext init(ParquetConfiguration configuration) {
            return new WriteContext(message, Map.of());
        }

        @Override
        public void prepareForWrite(RecordConsumer consumer) {
            out = consumer;
        }

        @Override
        public void write(List<? extends @Nullable Object> row) {
            RecordConsumer consumer = java.util.Objects.requireNonNull(out);
            consumer.startMessage();
            for (int i = 0; i < row.size(); i++) {
                Object value = row.get(i);
                if (value != null) {
                    String name = message.getFieldName(i);
                    consumer.startField(name, i);
                    add(value, consumer);
                    consumer.endField(name, i);
                }
            }
            consumer.endMessage();
        }

        private static void add(Object value, RecordConsumer consumer) {
            switch (value) {
                case Boolean bit -> consumer.addBoolean(bit);
                case Integer number -> consumer.addInteger(number);
                case Long number -> consumer.addLong(number);
                case Float number -> consumer.addFloat(number);
                case Double number -> consumer.addDouble(number);
                case byte[] bytes -> consumer.addBinary(Binary.fromConstantByteArray(bytes));
                default -> throw new IllegalArgumentException(value.toString());
            }
        }
    }
}
