package dev.vitrine.connectors.parquet;

import dev.vitrine.engine.batch.Mem;
import java.io.EOFException;
import java.io.IOException;

/// Reads structs in Thrift's compact protocol from memory; whatever is not asked for is stepped
/// over. Nothing beyond the end is read.
///
/// Source: Apache Thrift, `doc/specs/thrift-compact-protocol.md`.
final class ThriftReader {
    static final int STOP = 0;
    static final int TRUE = 1;
    static final int FALSE = 2;
    static final int BYTE = 3;
    static final int I16 = 4;
    static final int I32 = 5;
    static final int I64 = 6;
    static final int DOUBLE = 7;
    static final int BINARY = 8;
    static final int LIST = 9;
    static final int SET = 10;
    static final int MAP = 11;
    static final int STRUCT = 12;

    private static final int MAX_DEPTH = 32;

    private final long end;
    private long at;
    private int field;

    ThriftReader(long from, long end) {
        this.at = from;
        this.end = end;
    }

    /// Where the next byte lies.
    long position() {
        return at;
    }

    /// Number of the field whose type [#nextField] gave last.
    int field() {
        return field;
    }

    /// Begins a struct inside another; what comes back is for [#endStruct].
    int beginStruct() {
        int outer = field;
        field = 0;
        return outer;
    }

    void endStruct(int outer) {
        field = outer;
    }

    /// The type of the next field of the struct, or [#STOP].
    int nextField() throws IOException {
        int head = readByte() & 0xFF;
        if (head == STOP) {
            return STOP;
        }
        int delta = head >> 4;
        field = delta == 0 ? (int) readInteger() : field + delta;
        return head & 0x0F;
    }

    byte readByte() throws IOException {
        if (at >= end) {
            throw new EOFException("its bytes end inside a header");
        }
        return Mem.getByte(at++);
    }

    /// A signed integer of any width.
    long readInteger() throws IOException {
        long zigzag = readVarint();
        return zigzag >>> 1 ^ -(zigzag & 1);
    }

    int readInt() throws IOException {
        long value = readInteger();
        if (value != (int) value) {
            throw new IOException("a header holds number " + value);
        }
        return (int) value;
    }

    long readVarint() throws IOException {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte next = readByte();
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IOException("a header holds a number of more than 64 bits");
    }

    /// Number of elements of a list; their type goes to [#elementType].
    int beginList() throws IOException {
        int head = readByte() & 0xFF;
        elementType = head & 0x0F;
        long size = head >> 4;
        if (size == 15) {
            size = readVarint();
        }
        // Every element takes a byte at least.
        if (size < 0 || size > end - at) {
            throw new IOException("a header holds a list of " + size + " elements");
        }
        return (int) size;
    }

    private int elementType;

    int elementType() {
        return elementType;
    }

    /// A boolean that is an element of a list.
    boolean readBoolean() throws IOException {
        return readByte() == TRUE;
    }

    byte[] readBinary() throws IOException {
        int length = readLength();
        byte[] bytes = new byte[length];
        Mem.copy(at, bytes, 0, length);
        at += length;
        return bytes;
    }

    private int readLength() throws IOException {
        long length = readVarint();
        if (length < 0 || length > end - at) {
            throw new EOFException("its bytes end inside a header");
        }
        return (int) length;
    }

    /// Steps over a field of `type`.
    void skip(int type) throws IOException {
        skip(type, 0);
    }

    private void skip(int type, int depth) throws IOException {
        if (depth > MAX_DEPTH) {
            throw new IOException("a header is nested too deeply");
        }
        switch (type) {
            case TRUE, FALSE -> {}
            case BYTE -> readByte();
            case I16, I32, I64 -> readVarint();
            case DOUBLE -> step(8);
            case BINARY -> step(readLength());
            case LIST, SET -> {
                int size = beginList();
                int element = elementType;
                for (int i = 0; i < size; i++) {
                    skipElement(element, depth + 1);
                }
            }
            case MAP -> skipMap(depth + 1);
            case STRUCT -> {
                int outer = beginStruct();
                for (int inner = nextField(); inner != STOP; inner = nextField()) {
                    skip(inner, depth + 1);
                }
                endStruct(outer);
            }
            default -> throw new IOException("a header holds type " + type);
        }
    }

    private void skipElement(int type, int depth) throws IOException {
        if (type == TRUE || type == FALSE) {
            readByte();
        } else {
            skip(type, depth);
        }
    }

    private void skipMap(int depth) throws IOException {
        long size = readVarint();
        if (size == 0) {
            return;
        }
        if (size < 0 || size > end - at) {
            throw new IOException("a header holds a map of " + size + " entries");
        }
        int types = readByte() & 0xFF;
        for (long i = 0; i < size; i++) {
            skipElement(types >> 4, depth);
            skipElement(types & 0x0F, depth);
        }
    }

    private void step(long bytes) throws IOException {
        if (bytes > end - at) {
            throw new EOFException("its bytes end inside a header");
        }
        at += bytes;
    }
}
