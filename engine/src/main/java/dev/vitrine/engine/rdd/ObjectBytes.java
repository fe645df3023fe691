package dev.vitrine.engine.rdd;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.types.Binary;
import dev.vitrine.engine.types.Schema;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InvalidClassException;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Objects as bytes and back: a copy for each reader, so that none sees what another changes. The
/// common values have a form of their own; all else goes through Java's serialization, in which
/// descriptions of classes, and schemas, are numbers, since writers and readers are in one process.
///
/// For many threads; [Writer] and [Reader] are for one each.
final class ObjectBytes {
    private static final int NULL = 0;
    private static final int FALSE = 1;
    private static final int TRUE = 2;
    private static final int INT = 3;
    private static final int LONG = 4;
    private static final int DOUBLE = 5;
    private static final int STRING = 6;
    private static final int PAIR = 7;
    private static final int BYTES = 8;
    private static final int OTHER = 9;

    private final List<Object> numbered = new ArrayList<>();
    private final Map<Object, Integer> numbers = new HashMap<>();

    /// What stands in a stream for something that is shared.
    private record Shared(int number) implements Serializable {}

    /// What stands in a stream for an Optional, which is not serializable.
    private record Perhaps(@Nullable Object value) implements Serializable {
        @SuppressWarnings("serial") // serializable where its value is
        Perhaps {}
    }

    private synchronized int number(Object key, Object shared) {
        Integer number = numbers.get(key);
        if (number == null) {
            number = numbered.size();
            numbers.put(key, number);
            numbered.add(shared);
        }
        return number;
    }

    private synchronized Object shared(int number) {
        return numbered.get(number);
    }

    /// A copy of an object.
    ///
    /// @throws EngineException VALUE_NOT_SERIALIZABLE
    @SuppressWarnings({"unchecked", "NullAway"}) // the same class comes back
    <T extends @Nullable Object> T copy(T object) {
        return (T) new Reader().read(new Writer().write(object));
    }

    /// Writes objects, each by itself.
    final class Writer {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(64);
        private final DataOutputStream out = new DataOutputStream(bytes);
        private @Nullable Numbering objects;

        /// @throws EngineException VALUE_NOT_SERIALIZABLE
        Binary write(@Nullable Object object) {
            bytes.reset();
            try {
                value(object);
            } catch (NotSerializableException | InvalidClassException e) {
                // What was begun is of no use to the next object.
                objects = null;
                throw notSerializable(object, e);
            } catch (IOException e) {
                objects = null;
                throw EngineException.internal("writing an object to memory", e);
            }
            return Binary.copyOf(bytes.toByteArray());
        }

        private void value(@Nullable Object object) throws IOException {
            switch (object) {
                case null -> out.writeByte(NULL);
                case Boolean b -> out.writeByte(b ? TRUE : FALSE);
                case Integer i -> {
                    out.writeByte(INT);
                    out.writeInt(i);
                }
                case Long l -> {
                    out.writeByte(LONG);
                    out.writeLong(l);
                }
                case Double d -> {
                    out.writeByte(DOUBLE);
                    out.writeDouble(d);
                }
                case String s -> {
                    out.writeByte(STRING);
                    text(s);
                }
                case Tuple2<?, ?>(var first, var second) -> {
                    out.writeByte(PAIR);
                    value(first);
                    value(second);
                }
                case byte[] b -> {
                    out.writeByte(BYTES);
                    out.writeInt(b.length);
                    out.write(b);
                }
                default -> {
                    out.writeByte(OTHER);
                    if (objects == null) {
                        objects = new Numbering(out);
                    }
                    objects.reset();
                    objects.writeObject(object);
                    objects.flush();
                }
            }
        }

        /// What is not plain in UTF-16, which keeps strings that are no text, too.
        private void text(String s) throws IOException {
            boolean plain = s.chars().allMatch(c -> c < 0x80);
            out.writeInt(plain ? s.length() : -s.length() - 1);
            if (plain) {
                out.write(s.getBytes(StandardCharsets.US_ASCII));
            } else {
                out.writeChars(s);
            }
        }
    }

    private static EngineException notSerializable(@Nullable Object object, IOException cause) {
        return new EngineException(
                ErrorCode.VALUE_NOT_SERIALIZABLE,
                Map.of(
                        "className",
                        String.valueOf(cause.getMessage()),
                        "value",
                        UserCode.shown(object)),
                null,
                cause);
    }

    /// Writes classes by their numbers.
    private final class Numbering extends ObjectOutputStream {
        Numbering(OutputStream out) throws IOException {
            super(out);
            enableReplaceObject(true);
        }

        @Override
        protected void writeStreamHeader() {
            // Readers know what they read.
        }

        @Override
        protected void writeClassDescriptor(ObjectStreamClass type) throws IOException {
            writeInt(number(type.forClass(), type));
        }

        @Override
        protected Object replaceObject(Object object) {
            return switch (object) {
                case Schema schema -> new Shared(number(schema, schema));
                case Optional<?> optional -> new Perhaps(optional.orElse(null));
                default -> object;
            };
        }
    }

    /// Reads objects.
    final class Reader {
        private final Source source = new Source();
        private final DataInputStream in = new DataInputStream(source);
        private @Nullable Known objects;

        @Nullable Object read(Binary binary) {
            source.bytes = new ByteArrayInputStream(binary.toBytes());
            try {
                return value();
            } catch (IOException | ClassNotFoundException e) {
                throw EngineException.internal("reading an object from memory", e);
            }
        }

        @SuppressWarnings("NullAway") // what is in a pair may be null
        private @Nullable Object value() throws IOException, ClassNotFoundException {
            return switch (in.readByte()) {
                case NULL -> null;
                case FALSE -> false;
                case TRUE -> true;
                case INT -> in.readInt();
                case LONG -> in.readLong();
                case DOUBLE -> in.readDouble();
                case STRING -> text();
                case PAIR -> {
                    Object first = value();
                    yield new Tuple2<>(first, value());
                }
                case BYTES -> in.readNBytes(in.readInt());
                default -> {
                    if (objects == null) {
                        objects = new Known(source);
                    }
                    yield objects.readObject();
                }
            };
        }

        private String text() throws IOException {
            int length = in.readInt();
            if (length >= 0) {
                return new String(in.readNBytes(length), StandardCharsets.US_ASCII);
            }
            char[] chars = new char[-length - 1];
            for (int i = 0; i < chars.length; i++) {
                chars[i] = in.readChar();
            }
            return new String(chars);
        }
    }

    /// The bytes of the object at hand.
    private static final class Source extends InputStream {
        private InputStream bytes = InputStream.nullInputStream();

        @Override
        public int read() throws IOException {
            return bytes.read();
        }

        @Override
        public int read(byte[] to, int from, int length) throws IOException {
            return bytes.read(to, from, length);
        }
    }

    /// Reads classes by their numbers.
    private final class Known extends ObjectInputStream {
        Known(InputStream in) throws IOException {
            super(in);
            enableResolveObject(true);
        }

        @Override
        protected void readStreamHeader() {
            // None is written.
        }

        @Override
        protected ObjectStreamClass readClassDescriptor() throws IOException {
            return (ObjectStreamClass) shared(readInt());
        }

        @Override
        protected Class<?> resolveClass(ObjectStreamClass type) throws ClassNotFoundException {
            // The writer's own class, whatever loader it is of.
            Class<?> known = type.forClass();
            if (known == null) {
                throw new ClassNotFoundException(type.getName());
            }
            return known;
        }

        @Override
        protected Object resolveObject(Object object) {
            return switch (object) {
                case Shared(int number) -> shared(number);
                case Perhaps(var value) -> Optional.ofNullable(value);
                default -> object;
            };
        }
    }
}
