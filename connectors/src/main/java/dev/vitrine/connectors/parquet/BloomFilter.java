package dev.vitrine.connectors.parquet;

import dev.hardwood.metadata.ColumnMetaData;
import dev.hardwood.metadata.LogicalType;
import dev.hardwood.metadata.PhysicalType;
import dev.hardwood.schema.ColumnSchema;
import dev.vitrine.engine.batch.Mem;
import dev.vitrine.engine.types.Binary;
import io.airlift.compress.v3.xxhash.XxHash64Hasher;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A split-block Bloom filter over a chunk's values.
///
/// Source: the Parquet format's `BloomFilter.md`.
final class BloomFilter {
    private static final int HEADER_BYTES = 64;
    private static final int BLOCK_BYTES = 32;
    private static final int[] SALT = {
        0x47b6137b,
        0x44974d91,
        0x8824ad5b,
        0xa2b7289d,
        0x705495c7,
        0x2df1424b,
        0x9efc4947,
        0x5c6bfb31
    };

    private BloomFilter() {}

    /// Whether one of `values` may be in the chunk; true where the file does not say.
    static boolean mayContain(
            List<Object> values, ColumnMetaData chunk, ColumnSchema schema, ChunkBytes bytes)
            throws IOException {
        Long offset = chunk.bloomFilterOffset();
        if (offset == null) {
            return true;
        }
        byte[][] raw = new byte[values.size()][];
        for (int i = 0; i < raw.length; i++) {
            byte[] value = raw(values.get(i), schema);
            if (value == null) {
                return true;
            }
            raw[i] = value;
        }
        Integer length = chunk.bloomFilterLength();
        bytes.open(offset + (length == null ? HEADER_BYTES : length));
        int head = (int) Math.min(HEADER_BYTES, bytes.end() - offset);
        long at = bytes.address(offset, head);
        ThriftReader in = new ThriftReader(at, at + head);
        int size = size(in);
        long start = offset + (in.position() - at);
        if (size < BLOCK_BYTES || size % BLOCK_BYTES != 0) {
            return true;
        }
        bytes.open(start + size);
        for (byte[] value : raw) {
            if (contains(XxHash64Hasher.hash(value), size / BLOCK_BYTES, start, bytes)) {
                return true;
            }
        }
        return false;
    }

    private static boolean contains(long hash, int blocks, long start, ChunkBytes bytes)
            throws IOException {
        long block = (hash >>> 32) * blocks >>> 32;
        long at = bytes.address(start + block * BLOCK_BYTES, BLOCK_BYTES);
        int key = (int) hash;
        for (int word = 0; word < SALT.length; word++) {
            int bit = key * SALT[word] >>> 27;
            if ((Mem.getInt(at + 4L * word) >>> bit & 1) == 0) {
                return false;
            }
        }
        return true;
    }

    /// Bytes of the filter after its header; 0 if it is of a kind unknown.
    private static int size(ThriftReader in) throws IOException {
        int size = 0;
        boolean known = true;
        for (int type = in.nextField(); type != ThriftReader.STOP; type = in.nextField()) {
            if (in.field() == 1) {
                size = in.readInt();
            } else if (type == ThriftReader.STRUCT) {
                known &= isFirstOfUnion(in);
            } else {
                in.skip(type);
            }
        }
        return known ? size : 0;
    }

    /// Algorithm, hash and compression are unions, and the first member is the one we know.
    private static boolean isFirstOfUnion(ThriftReader in) throws IOException {
        boolean first = true;
        int outer = in.beginStruct();
        for (int type = in.nextField(); type != ThriftReader.STOP; type = in.nextField()) {
            first &= in.field() == 1;
            in.skip(type);
        }
        in.endStruct(outer);
        return first;
    }

    /// The bytes of `value` as PLAIN has them; null where that is not known for sure.
    private static byte @Nullable [] raw(Object value, ColumnSchema schema) {
        return switch (value) {
            case String text when schema.type() == PhysicalType.BYTE_ARRAY ->
                    text.getBytes(StandardCharsets.UTF_8);
            case Binary binary when schema.type() == PhysicalType.BYTE_ARRAY -> binary.toBytes();
            case BigDecimal decimal
                    when schema.logicalType() instanceof LogicalType.DecimalType d ->
                    decimal.scale() == d.scale() && decimal.unscaledValue().bitLength() < 64
                            ? whole(decimal.unscaledValue().longValue(), schema)
                            : null;
            case Byte number -> whole(number, schema);
            case Short number -> whole(number, schema);
            case Integer number -> whole(number, schema);
            case Long number -> micros(number, schema);
            // Zero has two forms and NaN many.
            case Double number when schema.type() == PhysicalType.DOUBLE ->
                    number == 0 || number.isNaN() ? null : little(8).putDouble(number).array();
            case Float number when schema.type() == PhysicalType.FLOAT ->
                    number == 0 || number.isNaN() ? null : little(4).putFloat(number).array();
            default -> null;
        };
    }

    private static byte @Nullable [] micros(long value, ColumnSchema schema) {
        boolean asWritten =
                schema.type() == PhysicalType.INT32
                        || FlatColumn.micros(1_000_000, schema.logicalType()) == 1_000_000;
        return asWritten ? whole(value, schema) : null;
    }

    private static byte @Nullable [] whole(long value, ColumnSchema schema) {
        return switch (schema.type()) {
            case INT32 -> value == (int) value ? little(4).putInt((int) value).array() : null;
            case INT64 -> little(8).putLong(value).array();
            default -> null;
        };
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
