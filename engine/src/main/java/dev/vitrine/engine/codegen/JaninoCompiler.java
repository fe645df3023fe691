package dev.vitrine.engine.codegen;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.codehaus.commons.compiler.CompileException;
import org.codehaus.commons.compiler.InternalCompilerException;
import org.codehaus.commons.compiler.util.reflect.ByteArrayClassLoader;
import org.codehaus.janino.ClassLoaderIClassLoader;
import org.codehaus.janino.Parser;
import org.codehaus.janino.Scanner;
import org.codehaus.janino.UnitCompiler;
import org.codehaus.janino.UnitCompiler.ClassFileConsumer;
import org.codehaus.janino.util.ClassFile;

/// Compiles generated classes with Janino, each into a class loader of its own, and keeps those of
/// one shape: texts that differ only in the class's name, in comments and in what columns are
/// called.
final class JaninoCompiler {
    private static final int CACHED = 200;
    private static final int TARGET = 17;

    /// HotSpot never JIT-compiles a method with more bytes of code than this.
    static final int HUGE_METHOD_BYTES = 8000;

    private static final ClassLoader PARENT = JaninoCompiler.class.getClassLoader();

    /// What Janino has found out about classes that generated code may name, and about names that
    /// are none, which costs more than all else: one for each thread that compiles at a time.
    private static final Queue<ClassLoaderIClassLoader> KNOWN_CLASSES =
            new ConcurrentLinkedQueue<>();

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
            byte[] bytes = classFile(className, source);
            Optional<String> huge = hugeMethod(bytes);
            if (huge.isPresent()) {
                throw NotCompilable.tooLong(huge.get());
            }
            ClassLoader loader = new ByteArrayClassLoader(Map.of(className, bytes), PARENT);
            Class<? extends SegmentCode> made =
                    loader.loadClass(className).asSubclass(SegmentCode.class);
            return new Compiled(made.getConstructor(), className, false);
        } catch (CompileException
                | ReflectiveOperationException
                | IOException
                | InternalCompilerException e) {
            throw dev.vitrine.engine.error.EngineException.internal(
                    "generated code does not compile: " + e.getMessage() + "\n" + source, e);
        }
    }

    private static byte[] classFile(String className, String source)
            throws CompileException, IOException {
        ClassLoaderIClassLoader pooled = KNOWN_CLASSES.poll();
        ClassLoaderIClassLoader known =
                pooled == null ? new ClassLoaderIClassLoader(PARENT) : pooled;
        UnitCompiler compiler =
                new UnitCompiler(
                        new Parser(new Scanner(className + ".java", new StringReader(source)))
                                .parseAbstractCompilationUnit(),
                        known);
        compiler.setTargetVersion(TARGET);
        List<ClassFile> made = new ArrayList<>();
        compiler.compileUnit(true, true, true, (ClassFileConsumer) made::add);
        KNOWN_CLASSES.add(known);
        return made.getFirst().toByteArray();
    }

    /// The text without what does not matter. Its lines stay where they are: stack traces of a
    /// cached class are read with another's text.
    static String shape(String className, String source) {
        StringBuilder shape = new StringBuilder(source.length());
        int at = 0;
        while (at < source.length()) {
            int newline = source.indexOf('\n', at);
            int end = newline < 0 ? source.length() : newline;
            while (at < end && source.charAt(at) == ' ') {
                at++;
            }
            if (!source.startsWith("//", at)) {
                appendLine(shape, className, source, at, end);
            }
            shape.append('\n');
            at = end + 1;
        }
        return shape.toString();
    }

    private static void appendLine(
            StringBuilder shape, String className, String source, int from, int end) {
        int at = from;
        while (at < end) {
            int word = at;
            while (at < end && isOfWord(source.charAt(at))) {
                at++;
            }
            if (at == word) {
                shape.append(source.charAt(at++));
            } else if (source.regionMatches(word, className, 0, at - word)
                    && at - word == className.length()) {
                shape.append("Stage");
            } else {
                int number = numberOfColumn(source, word, at);
                if (number < at) {
                    shape.append('v');
                }
                shape.append(source, number < at ? number : word, at);
            }
        }
    }

    private static boolean isOfWord(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /// Where the number begins of a variable that is called like a column, `city_12` or
    /// `city_null12`, which alone is its own in the class; `to` if a word is none.
    private static int numberOfColumn(String source, int from, int to) {
        int number = to;
        while (number > from && isDigit(source.charAt(number - 1))) {
            number--;
        }
        if (isDigit(source.charAt(from)) || number == to) {
            return to;
        }
        int name = source.startsWith("null", number - 4) ? number - 4 : number;
        return name - 1 > from && source.charAt(name - 1) == '_' ? number : to;
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
