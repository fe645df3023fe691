package dev.vitrine.engine.codegen;

import dev.vitrine.engine.batch.ColumnBuilder;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.types.DataType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/// Where the attributes of a segment come from: columns of the input batch, columns of joins' build
/// sides, expressions over those. Knows which of the class's fields the code written so far reads.
///
/// An input column `i` has the fields `c<i>` (address of its values), `c<i>v` (validity bitmap or
/// 0), and, for strings, `c<i>o` (offsets) and `c<i>d` (codes into a dictionary, or 0 where the
/// column is not coded; the other two are then the dictionary's). Column `i` of build side `t` has
/// `t<t>c<i>`, `…n` (a byte a row that is 1 for NULL, or 0) and `…o`.
final class Columns {
    private final Map<Long, ExprWriter.Source> sources = new HashMap<>();
    private final Map<Long, Guards.Bound> bounds = new HashMap<>();
    private final Map<Long, String> fieldOf = new HashMap<>();
    private final Map<String, DataType> typeOf = new HashMap<>();
    private final Map<Integer, List<String>> rowVariables = new HashMap<>();
    private Reads here = new Reads(Optional.empty());
    private final Set<String> buildUsed = new LinkedHashSet<>();
    private final SortedSet<Integer> inputUsed = new TreeSet<>();

    /// What the code of a method reads.
    ///
    /// @param all fields that it reads, also through methods that are parts of it
    /// @param direct fields that it reads itself
    /// @param rows declarations of the variables that say which row of a build side is at hand
    private record Reads(
            Set<String> all, Set<String> direct, SortedSet<String> rows, Optional<Reads> whole) {
        Reads(Optional<Reads> whole) {
            this(new LinkedHashSet<>(), new LinkedHashSet<>(), new TreeSet<>(), whole);
        }
    }

    // What there is

    void defineInput(List<Expr.Attribute> output) {
        for (int i = 0; i < output.size(); i++) {
            Expr.Attribute a = output.get(i);
            if (sources.containsKey(a.id()) || JavaKind.of(a.type()).isEmpty()) {
                continue;
            }
            String c = "c" + i;
            String isNull = a.nullable() ? c + "v != 0L && !Mem.getBit(" + c + "v, row)" : "false";
            String value =
                    isString(a.type())
                            ? "$out.set(" + c + ", " + c + "o, " + code(c) + ")"
                            : a.type() == DataType.BOOLEAN
                                    ? "Mem.getBit(" + c + ", row)"
                                    : fixed(a.type(), c, "row");
            define(a, c, isNull, value);
        }
    }

    /// @param row the variable that holds the build side's row
    /// @param missing a variable that says that there is none, or `false`
    void defineBuild(int table, List<Expr.Attribute> output, String row, String missing) {
        rowVariables.put(
                table,
                missing.equals("false")
                        ? List.of("int " + row)
                        : List.of("boolean " + missing, "int " + row));
        for (int i = 0; i < output.size(); i++) {
            Expr.Attribute a = output.get(i);
            if (JavaKind.of(a.type()).isEmpty()) {
                continue;
            }
            String c = "t" + table + "c" + i;
            List<String> nulls = new ArrayList<>();
            if (!missing.equals("false")) {
                nulls.add(missing);
            }
            if (a.nullable()) {
                nulls.add(c + "n != 0L && Mem.getByte(" + c + "n + " + row + ") != 0");
            }
            String value =
                    isString(a.type())
                            ? "ColumnStore.string(" + c + ", " + c + "o, " + row + ", $out)"
                            : a.type() == DataType.BOOLEAN
                                    ? "Mem.getByte(" + c + " + " + row + ") != 0"
                                    : fixed(a.type(), c, row);
            define(a, c, nulls.isEmpty() ? "false" : String.join(" || ", nulls), value);
        }
    }

    private void define(Expr.Attribute a, String field, String isNull, String value) {
        sources.put(a.id(), new ExprWriter.Source.Column(isNull, value));
        fieldOf.put(a.id(), field);
        typeOf.put(field, a.type());
    }

    void define(long id, Expr computed) {
        sources.put(id, new ExprWriter.Source.Defined(computed));
    }

    static boolean isString(DataType type) {
        return type == DataType.STRING || type == DataType.BINARY;
    }

    private static String fixed(DataType type, String c, String row) {
        if (type == DataType.DOUBLE) {
            return "Mem.getDouble(" + c + " + 8L * " + row + ")";
        }
        if (type == DataType.FLOAT) {
            return "Mem.getFloat(" + c + " + 4L * " + row + ")";
        }
        return switch (ColumnBuilder.width(type)) {
            case 8 -> "Mem.getLong(" + c + " + 8L * " + row + ")";
            // The address, from which [ExprWriter] reads one word or two.
            case 16 -> c + " + 16L * " + row;
            case 4 -> "Mem.getInt(" + c + " + 4L * " + row + ")";
            // Janino finds no type for `isNull ? 0 : aShort`.
            case 2 -> "(int) Mem.getShort(" + c + " + 2L * " + row + ")";
            default -> "(int) Mem.getByte(" + c + " + " + row + ")";
        };
    }

    /// The place of a row's string among the strings at hand: the row, or its code.
    private static String code(String c) {
        return c + "d == 0L ? row : Mem.getInt(" + c + "d + 4L * row)";
    }

    // What is read

    Optional<ExprWriter.Source> source(long id) {
        String c = fieldOf.get(id);
        if (c != null) {
            use(c);
        }
        return Optional.ofNullable(sources.get(id));
    }

    void use(String c) {
        here.all.add(c);
        here.direct.add(c);
        if (isInput(c)) {
            inputUsed.add(ordinal(c));
        } else {
            buildUsed.add(c);
            int table = Integer.parseInt(c.substring(1, c.indexOf('c')));
            here.rows.addAll(rowVariables.getOrDefault(table, List.of()));
        }
    }

    private static boolean isInput(String c) {
        return c.startsWith("c");
    }

    private static int ordinal(String c) {
        return Integer.parseInt(c.substring(1));
    }

    /// Field of the column that an attribute is, looking through other names for it; null where it
    /// is computed.
    @org.jspecify.annotations.Nullable
    String fieldOf(Expr.Attribute attribute) {
        ExprWriter.Source source = sources.get(attribute.id());
        return switch (source) {
            case ExprWriter.Source.Defined(Expr.Attribute other) -> fieldOf(other);
            case ExprWriter.Source.Defined d -> null;
            case ExprWriter.Source.Column c -> fieldOf.get(attribute.id());
            case null -> null;
        };
    }

    /// Whether a field is that of a string column of the input, which may be coded.
    boolean mayBeCoded(String c) {
        return isInput(c) && isString(typeOf.getOrDefault(c, DataType.NULL));
    }

    /// Whether a field is that of a column of the input of whole numbers, of at most 64 bits each.
    boolean isNumber(String c) {
        DataType type = typeOf.getOrDefault(c, DataType.NULL);
        int width = ColumnBuilder.width(type);
        return isInput(c)
                && type != DataType.DOUBLE
                && type != DataType.FLOAT
                && width > 0
                && width <= 8;
    }

    /// A row's value of a column of numbers that is not NULL.
    String number(String c) {
        use(c);
        return fixed(typeOf.getOrDefault(c, DataType.NULL), c, "row");
    }

    Guards.Bound bound(Expr.Attribute attribute, Guards guards) {
        ExprWriter.Source source = sources.get(attribute.id());
        if (source instanceof ExprWriter.Source.Defined(var expr)) {
            return guards.bound(expr);
        }
        double declared = Guards.declared(attribute.type());
        boolean small = declared < 1e9;
        String c = fieldOf.get(attribute.id());
        if (small || c == null) {
            return Guards.Bound.of(declared);
        }
        use(c);
        return bounds.computeIfAbsent(
                attribute.id(), id -> new Guards.Bound(c + "max", Double.NaN));
    }

    // What is written

    /// Forgets what the method before this one read.
    void startMethod() {
        here = new Reads(Optional.empty());
    }

    /// What is written next is a method that the one at hand calls. It reads the class's fields
    /// themselves and needs no [#locals].
    void openPart() {
        here = new Reads(Optional.of(here));
    }

    /// The part is written.
    ///
    /// @return declarations of the row variables that it needs beside the input's row
    List<String> closePart() {
        Reads part = here;
        here = part.whole.orElseThrow();
        here.all.addAll(part.all);
        useRows(part.rows);
        return List.copyOf(part.rows);
    }

    /// A call of a part needs these row variables.
    void useRows(Collection<String> declarations) {
        here.rows.addAll(declarations);
    }

    /// Fields read since [#startMethod].
    Set<String> usedHere() {
        return Set.copyOf(here.all);
    }

    /// Whether nothing but the input was read since [#startMethod].
    boolean onlyInputHere() {
        return here.all.stream().allMatch(Columns::isInput);
    }

    /// Copies the fields read since [#startMethod] to local variables.
    void locals(JavaSource method) {
        for (String c : here.direct) {
            for (String suffix : suffixes(c)) {
                method.line("long " + c + suffix + " = this." + c + suffix + ";");
            }
        }
    }

    private List<String> suffixes(String c) {
        boolean string = isString(typeOf.getOrDefault(c, DataType.NULL));
        if (isInput(c)) {
            return string ? List.of("", "v", "o", "d") : List.of("", "v");
        }
        return string ? List.of("", "n", "o") : List.of("", "n");
    }

    /// Numbers of the input columns read so far.
    SortedSet<Integer> inputUsed() {
        return new TreeSet<>(inputUsed);
    }

    void declare(JavaSource text) {
        for (int i : inputUsed) {
            for (String suffix : suffixes("c" + i)) {
                text.line("private long c" + i + suffix + ";");
            }
            if (isBounded("c" + i)) {
                text.line("private double c" + i + "max;");
            }
        }
        for (String c : buildUsed) {
            for (String suffix : suffixes(c)) {
                text.line("private long " + c + suffix + ";");
            }
            if (isBounded(c)) {
                text.line("private double " + c + "max;");
            }
        }
    }

    /// Takes the addresses of input columns from `batch`.
    void bind(Statements text, Collection<Integer> columns) {
        for (int i : columns) {
            String c = "c" + i;
            if (mayBeCoded(c)) {
                text.add(
                        c + "d = batch.codesAddress(" + i + ");",
                        "if (" + c + "d != 0L) {",
                        c + " = batch.dictionary(" + i + ").dataAddress();",
                        c + "o = batch.dictionary(" + i + ").offsetAddress();",
                        "} else {",
                        c + " = batch.dataAddress(" + i + ");",
                        c + "o = batch.offsetAddress(" + i + ");",
                        "}");
            } else {
                text.add(c + " = batch.dataAddress(" + i + ");");
            }
            text.add(c + "v = batch.validityAddress(" + i + ");");
        }
    }

    /// Takes the addresses of the build sides' columns from the tables.
    void initBuilds(Statements text) {
        for (String c : buildUsed) {
            int split = c.indexOf('c');
            String table = c.substring(0, split);
            String column = c.substring(split + 1);
            text.add(c + " = " + table + ".data(" + column + ");");
            text.add(c + "n = " + table + ".nulls(" + column + ");");
            if (suffixes(c).contains("o")) {
                text.add(c + "o = " + table + ".offsets(" + column + ");");
            }
            if (isBounded(c)) {
                text.add(c + "max = " + table + ".maxAbs(" + column + ");");
            }
        }
    }

    /// Finds the bounds of the input columns that conditions of [Guards] name.
    void boundsOfInput(Statements text) {
        for (Guards.Bound bound : bounds.values()) {
            if (isInput(bound.code())) {
                String column = bound.code().substring(1, bound.code().length() - 3);
                text.add(bound.code() + " = Bounds.maxAbs(batch, " + column + ");");
            }
        }
    }

    private boolean isBounded(String c) {
        return bounds.values().stream().anyMatch(b -> b.code().equals(c + "max"));
    }
}
