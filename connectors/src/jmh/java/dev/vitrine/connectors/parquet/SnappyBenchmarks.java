package dev.vitrine.connectors.parquet;

import io.airlift.compress.v3.snappy.SnappyJavaCompressor;
import io.airlift.compress.v3.snappy.SnappyNativeDecompressor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// Unpacking of a page, in nanoseconds for eight bytes: ours, and libsnappy.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SnappyBenchmarks {
    private static final int VALUES = 1 << 17;
    private static final int BYTES = 8 * VALUES;
    private static final String[] WORDS =
            "the of special requests packages furiously carefully deposits sleep above ironic bold"
                    .split(" ");

    @Param({"keys", "prices", "text"})
    String page;

    private final SnappyNativeDecompressor library = new SnappyNativeDecompressor();
    private Arena memory;
    private MemorySegment packed;
    private MemorySegment unpacked;

    @Setup(Level.Trial)
    public void pack() {
        memory = Arena.ofConfined();
        byte[] bytes = bytes();
        SnappyJavaCompressor packer = new SnappyJavaCompressor();
        byte[] target = new byte[packer.maxCompressedLength(BYTES)];
        int size = packer.compress(bytes, 0, BYTES, target, 0, target.length);
        MemorySegment room = memory.allocate(size + (long) Scratch.SLACK);
        MemorySegment.copy(target, 0, room, ValueLayout.JAVA_BYTE, 0, size);
        packed = room.asSlice(0, size);
        unpacked = memory.allocate(BYTES + (long) Scratch.SLACK);
    }

    private byte[] bytes() {
        Random random = new Random(1);
        if (page.equals("text")) {
            StringBuilder text = new StringBuilder(BYTES + 20);
            while (text.length() < BYTES) {
                text.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
            }
            return text.substring(0, BYTES).getBytes(StandardCharsets.US_ASCII);
        }
        MemorySegment values = MemorySegment.ofArray(new byte[BYTES]);
        int bound = page.equals("keys") ? 200_000 : 10_000_000;
        for (int i = 0; i < VALUES; i++) {
            values.setAtIndex(ValueLayout.JAVA_LONG_UNALIGNED, i, random.nextInt(bound));
        }
        return values.toArray(ValueLayout.JAVA_BYTE);
    }

    @TearDown(Level.Trial)
    public void free() {
        memory.close();
    }

    @Benchmark
    @OperationsPerInvocation(VALUES)
    public long ours() throws IOException {
        long from = packed.address();
        long to = unpacked.address();
        SnappyDecoder.decode(from, from + packed.byteSize(), to, to + BYTES);
        return unpacked.get(ValueLayout.JAVA_LONG, 0);
    }

    @Benchmark
    @OperationsPerInvocation(VALUES)
    public long libsnappy() {
        library.decompress(packed, unpacked.asSlice(0, BYTES));
        return unpacked.get(ValueLayout.JAVA_LONG, 0);
    }
}
