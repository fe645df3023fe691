package dev.vitrine.engine.codegen;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.codehaus.commons.compiler.CompileException;
import org.codehaus.commons.compiler.InternalCompilerException;
import org.codehaus.janino.SimpleCompiler;

/// Compiles generated classes with Janino, each into a class loader of its own, and keeps those of
/// one shape: texts that differ only in the class's name, in comments and in what columns are
/// called.
final class JaninoCompiler {
    private static final int CACHED = 200;
    private static final int TARGET = 17;

    /// HotSpot never JIT-compiles a method with more bytes of code than this.
    static final int HUGE_METHOD_BYTES = 8000;

    /// A variable that is called like a column; its number is its own in the class.
    private static final Pattern NAMED = Pattern.compile("\\b[A-Za-z_]\\w*_(?:null)?(\\d+)\\b");

    private static final Map<String, Compiled> CACHE =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Compiled> eldest) {
                    return size() > CACHED;
                }
            };

    private JaninoCompiler() {}

    /// @param className the name under which the class was compiled, which stack traces show
    record Compiled(
            Constructor<? extends SegmentCode> constructor, String className, boolean cached) {
        SegmentCode create() {
            try {
                return constructor.newInstance();
            } catch (InvocationTargetException e) {
                throw dev.vitrine.engine.error.EngineException.internal(
                        "a generated class could not be made", e.getCause());
            } catch (ReflectiveOperationException e) {
                throw dev.vitrine.engine.error.EngineException.internal(
                        "a generated class could not be made", e);
            }
        }
    }

    /// @throws NotCompilable where a method would be too large for the JIT
    static Compiled compile(String className, String source) {
        String shape = shape(className, source);
        synchronized (CACHE) {
            Compiled known = CACHE.get(shape);
            if (known != null) {
                return new Compiled(known.constructor, known.className, true);
            }
        }
        Compiled compiled = compileNew(className, source);
        synchronized (CACHE) {
            CACHE.put(shape, compiled);
        }
        return compiled;
    }

    private static Compiled compileNew(String className, String source) {
        try {
            SimpleCompiler compiler = new SimpleCompiler();
            compiler.setParentClassLoader(JaninoCompiler.class.getClassLoader());
            compiler.setTargetVersion(TARGET);
            compiler.setDebuggingInformation(true, true, true);
            compiler.cook(className + ".java", source);
            byte[] bytes = compiler.getBytecodes().get(className);
            Optional<String> huge = bytes == null ? Optional.empty() : hugeMethod(bytes);
            if (huge.isPresent()) {
                throw NotCompilable.tooLong(huge.get());
            }
            Class<? extends SegmentCode> made =
                    compiler.getClassLoader().loadClass(className).asSubclass(SegmentCode.class);
            return new Compiled(made.getConstructor(), className, false);
        } catch (CompileException
                | ReflectiveOperationException
                | IOException
                | InternalCompilerException e) {
            throw dev.vitrine.engine.error.EngineException.internal(
                    "generated code does not compile: " + e.getMessage() + "\n" + source, e);
        }
    }

    private static String shape(String className, String source) {
        StringBuilder shape = new StringBuilder(source.length());
        for (String line : source.split("\n")) {
            String code = line.strip();
            if (!code.startsWith("//")) {
                shape.append(NAMED.matcher(code.replace(className, "Stage")).replaceAll("v$1"))
                        .append('\n');
            } else {
                // Lines must stay where they are: stack traces of a cached class are read with this
                // text.
                shape.append('\n');
            }
        }
        return shape.toString();
    }

    /// The name of a method over [#HUGE_METHOD_BYTES], if there is one (JVM specification, chapter
    /// 4).
    static Optional<String> hugeMethod(byte[] classFile) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(classFile));
        in.skipNBytes(8);
        int constants = in.readUnsignedShort();
        Map<Integer, String> texts = new java.util.HashMap<>();
        for (int i = 1; i < constants; i++) {
            int tag = in.readUnsignedByte();
            switch (tag) {
                case 1 -> texts.put(i, in.readUTF());
                case 3, 4, 9, 10, 11, 12, 17, 18 -> in.skipNBytes(4);
                case 5, 6 -> {
                    in.skipNBytes(8);
                    i++;
                }
                case 7, 8, 16, 19, 20 -> in.skipNBytes(2);
                case 15 -> in.skipNBytes(3);
                default -> throw new IOException("constant pool tag " + tag);
            }
        }
        in.skipNBytes(6);
        in.skipNBytes(2L * in.readUnsignedShort());
        skipMembers(in);
        int methods = in.readUnsignedShort();
        for (int m = 0; m < methods; m++) {
            in.skipNBytes(2);
            String name = texts.get(in.readUnsignedShort());
            in.skipNBytes(2);
            int attributes = in.readUnsignedShort();
            for (int a = 0; a < attributes; a++) {
                String attribute = texts.get(in.readUnsignedShort());
                int length = in.readInt();
                if ("Code".equals(attribute)) {
                    in.skipNBytes(4);
                    int code = in.readInt();
                    if (code > HUGE_METHOD_BYTES) {
                        return Optional.ofNullable(name);
                    }
                    in.skipNBytes(length - 8L);
                } else {
                    in.skipNBytes(length);
                }
            }
        }
        return Optional.empty();
    }

    private static void skipMembers(DataInputStream in) throws IOException {
        int fields = in.readUnsignedShort();
        for (int f = 0; f < fields; f++) {
            in.skipNBytes(6);
            int attributes = in.readUnsignedShort();
            for (int a = 0; a < attributes; a++) {
                in.skipNBytes(2);
                in.skipNBytes(in.readInt());
            }
        }
    }
}
