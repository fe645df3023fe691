package dev.vitrine.engine.types;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// An immutable run of bytes: the value of BINARY. Ordered as unsigned bytes.
public final class Binary implements Comparable<Binary> {
    private final byte[] bytes;

    private Binary(byte[] bytes) {
        this.bytes = bytes;
    }

    /// A copy of `bytes`.
    public static Binary copyOf(byte[] bytes) {
        return new Binary(bytes.clone());
    }

    public int length() {
        return bytes.length;
    }

    public byte at(int index) {
        return bytes[index];
    }

    /// A copy of the bytes.
    public byte[] toBytes() {
        return bytes.clone();
    }

    @Override
    public int compareTo(Binary other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Binary that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("X'");
        for (byte b : bytes) {
            text.append(String.format("%02X", b));
        }
        return text.append('\'').toString();
    }
}
