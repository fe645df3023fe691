package dev.vitrine.engine.batch;

import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import dev.vitrine.engine.types.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;

/// A batch as a row of numbers and runs of memory, for keeping it outside of memory, and a batch
/// made of them again. Coded columns stay coded.
public final class BatchImage {
    private static final long PLAIN = 0;
    private static final long CODED = 1;

    private BatchImage() {}

    /// Where an image goes.
    public interface Target {
        void number(long value);

        /// Takes `bytes` bytes from `address`.
        void memory(long address, long bytes);
    }

    /// Where an image comes from, in the order it went.
    public interface Source {
        long number();

        /// Puts the next `bytes` bytes at `address`.
        void memory(long address, long bytes);
    }

    /// Writes a batch of at least one row.
    ///
    /// @param dictionaries the number under which a dictionary is known to the reader
    public static void write(Batch batch, ToIntFunction<Dictionary> dictionaries, Target target) {
        for (int column = 0; column < batch.schema().size(); column++) {
            Dictionary dictionary = batch.dictionary(column);
            target.number(Double.doubleToRawLongBits(batch.knownMaxAbs(column)));
            if (dictionary != null && batch.column(column) instanceof BatchColumn.Coded coded) {
                target.number(CODED);
                target.number(dictionaries.applyAsInt(dictionary));
                write(coded.codes(), target);
            } else {
                target.number(PLAIN);
                write(batch.vector(column), target);
            }
        }
    }

    /// Reads what [#write] wrote of a batch of `rows` rows.
    ///
    /// @param dictionaries gives a reference to the dictionary of a number, which the batch takes
    ///   over
    public static Batch read(
            Schema schema,
            int rows,
            IntFunction<Dictionary> dictionaries,
            Source source,
            BatchAllocator allocator) {
        List<BatchColumn> columns = new ArrayList<>(schema.size());
        try {
            for (Field field : schema.fields()) {
                double maxAbs = Double.longBitsToDouble(source.number());
                if (source.number() == CODED) {
                    int dictionary = (int) source.number();
                    IntVector codes = new IntVector(field.name(), allocator.arrow());
                    readInto(codes, source, allocator);
                    columns.add(coded(codes, dictionary, dictionaries));
                } else {
                    FieldVector vector = ArrowTypes.field(field).createVector(allocator.arrow());
                    readInto(vector, source, allocator);
                    columns.add(new BatchColumn.Plain(vector, maxAbs));
                }
            }
            return Batch.of(schema, columns, rows);
        } catch (RuntimeException e) {
            Batch.of(new Schema(List.of()), columns, 0).close();
            throw e;
        }
    }

    private static BatchColumn coded(
            IntVector codes, int dictionary, IntFunction<Dictionary> dictionaries) {
        try {
            return new BatchColumn.Coded(codes, dictionaries.apply(dictionary));
        } catch (RuntimeException e) {
            codes.close();
            throw e;
        }
    }

    /// Writes a dictionary's entries.
    public static void write(Dictionary dictionary, Target target) {
        write(dictionary.values(), target);
    }

    /// Reads a dictionary, which the caller closes.
    ///
    /// @param type of its entries: STRING or BINARY
    public static Dictionary readDictionary(
            DataType type, Source source, BatchAllocator allocator) {
        BaseVariableWidthVector values =
                (BaseVariableWidthVector)
                        ArrowTypes.field(new Field("entries", type, false))
                                .createVector(allocator.arrow());
        readInto(values, source, allocator);
        return new Dictionary(values);
    }

    private static void write(FieldVector vector, Target target) {
        int rows = vector.getValueCount();
        int nulls = vector.getNullCount();
        target.number(rows);
        target.number(nulls);
        if (rows == 0) {
            return;
        }
        boolean plainValidity = nulls == 0 || nulls == rows;
        List<ArrowBuf> buffers = vector.getFieldBuffers();
        target.number(buffers.size());
        for (int i = 0; i < buffers.size(); i++) {
            ArrowBuf buffer = buffers.get(i);
            long bytes = i == 0 && plainValidity ? 0 : buffer.readableBytes();
            target.number(bytes);
            target.memory(buffer.memoryAddress() + buffer.readerIndex(), bytes);
        }
        for (FieldVector child : vector.getChildrenFromFields()) {
            write(child, target);
        }
    }

    private static void readInto(FieldVector vector, Source source, BatchAllocator allocator) {
        try {
            read(vector, source, allocator);
        } catch (RuntimeException e) {
            vector.close();
            throw e;
        }
    }

    private static void read(FieldVector vector, Source source, BatchAllocator allocator) {
        int rows = (int) source.number();
        int nulls = (int) source.number();
        if (rows == 0) {
            vector.setValueCount(0);
            return;
        }
        int count = (int) source.number();
        List<ArrowBuf> buffers = new ArrayList<>(count);
        try {
            for (int i = 0; i < count; i++) {
                long bytes = source.number();
                ArrowBuf buffer =
                        bytes == 0 ? allocator.arrow().getEmpty() : allocator.allocate(bytes);
                buffers.add(buffer);
                source.memory(buffer.memoryAddress(), bytes);
                buffer.writerIndex(bytes);
            }
            vector.loadFieldBuffers(new ArrowFieldNode(rows, nulls), buffers);
        } finally {
            buffers.forEach(ArrowBuf::close);
        }
        for (FieldVector child : vector.getChildrenFromFields()) {
            read(child, source, allocator);
        }
    }
}
