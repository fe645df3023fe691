package dev.vitrine.connectors.parquet;

import dev.hardwood.InputFile;
import dev.hardwood.internal.reader.Page;
import dev.hardwood.metadata.RowGroup;
import dev.hardwood.schema.FileSchema;
import dev.hardwood.schema.SchemaNode;
import dev.vitrine.engine.batch.ColumnBuilder;
import dev.vitrine.engine.types.DataType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A list, map or struct: its leaves' levels put together again to boxed values, record by record.
final class NestedColumn implements AppendedColumn {
    private static final int MAX_ROWS = 16_384;

    private final Node root;
    private final DataType wanted;
    private final List<Leaf> leaves = new ArrayList<>();

    /// @param wanted the type of the values it gives: that of the node, but for VARIANTs in it
    NestedColumn(InputFile input, FileSchema schema, SchemaNode node, DataType wanted) {
        this.wanted = wanted;
        DataType type = ParquetTypes.type(node);
        Node made = node(input, schema, node, type);
        this.root =
                ParquetTypes.isBareList(node)
                        ? new Repeated(
                                made, node.maxDefinitionLevel() - 1, node.maxRepetitionLevel())
                        : made;
    }

    @Override
    public void begin(RowGroup group) {
        for (Leaf leaf : leaves) {
            leaf.begin(group);
        }
    }

    @Override
    public int fitting(int rows) {
        return Math.min(rows, MAX_ROWS);
    }

    @Override
    public void read(int rows, ColumnBuilder out) throws IOException {
        for (int i = 0; i < rows; i++) {
            out.append(StoredVariants.read(root.read(), wanted));
        }
    }

    @Override
    public long bytesRead() {
        return leaves.stream().mapToLong(leaf -> leaf.pages.bytesRead()).sum();
    }

    private Node node(InputFile input, FileSchema schema, SchemaNode node, DataType type) {
        return switch (node) {
            case SchemaNode.PrimitiveNode leaf -> {
                Pages pages = new Pages(input, schema.getColumn(leaf.columnIndex()));
                Leaf made = new Leaf(pages, type, leaf.maxDefinitionLevel());
                leaves.add(made);
                yield made;
            }
            case SchemaNode.GroupNode group -> group(input, schema, group, type);
        };
    }

    private Node group(
            InputFile input, FileSchema schema, SchemaNode.GroupNode group, DataType type) {
        return switch (type) {
            case DataType.Array(var elementType, var nulls) -> {
                SchemaNode repeated = group.children().getFirst();
                SchemaNode element = group.getListElement();
                Node made = node(input, schema, element, elementType);
                yield new Repeated(made, group.maxDefinitionLevel(), repeated.maxRepetitionLevel());
            }
            case DataType.MapOf(var keyType, var valueType, var nulls) -> {
                SchemaNode repeated = group.children().getFirst();
                Node key = node(input, schema, group.getMapKey(), keyType);
                Node value = node(input, schema, group.getMapValue(), valueType);
                yield new Entries(
                        key, value, group.maxDefinitionLevel(), repeated.maxRepetitionLevel());
            }
            default -> {
                List<Node> members = new ArrayList<>();
                for (SchemaNode child : group.children()) {
                    Node made = node(input, schema, child, ParquetTypes.type(child));
                    members.add(
                            ParquetTypes.isBareList(child)
                                    ? new Repeated(
                                            made,
                                            child.maxDefinitionLevel() - 1,
                                            child.maxRepetitionLevel())
                                    : made);
                }
                yield new Members(members, group.maxDefinitionLevel());
            }
        };
    }

    private interface Node {
        /// The next value; takes one entry or more from every leaf below.
        @Nullable Object read() throws IOException;

        /// Takes one entry from every leaf below.
        void skip() throws IOException;

        Leaf firstLeaf();
    }

    private static final class Leaf implements Node {
        private final Pages pages;
        private final DataType type;
        private final int maxDefinition;
        private @Nullable Page page;
        private int position;

        Leaf(Pages pages, DataType type, int maxDefinition) {
            this.pages = pages;
            this.type = type;
            this.maxDefinition = maxDefinition;
        }

        @Override
        public @Nullable Object read() throws IOException {
            Page current = current();
            int at = position++;
            int[] levels = current.definitionLevels();
            return levels != null && levels[at] < maxDefinition
                    ? null
                    : LeafValues.boxed(current, at, pages.column(), type);
        }

        @Override
        public void skip() throws IOException {
            current();
            position++;
        }

        @Override
        public Leaf firstLeaf() {
            return this;
        }

        void begin(RowGroup group) {
            pages.begin(group);
            page = null;
            position = 0;
        }

        int definition() throws IOException {
            int[] levels = current().definitionLevels();
            return levels == null ? maxDefinition : levels[position];
        }

        /// Repetition level of the next entry, 0 at the end.
        int repetition() throws IOException {
            if (!load()) {
                return 0;
            }
            int[] levels = current().repetitionLevels();
            return levels == null ? 0 : levels[position];
        }

        private Page current() throws IOException {
            if (!load()) {
                throw new IOException(
                        "column " + pages.column().fieldPath() + " ends before its row group");
            }
            return java.util.Objects.requireNonNull(page);
        }

        private boolean load() throws IOException {
            Page held = page;
            while (held == null || position == held.size()) {
                held = pages.next();
                position = 0;
                page = held;
                if (held == null) {
                    return false;
                }
            }
            return true;
        }
    }

    /// A struct, NULL where its level is not reached.
    private record Members(List<Node> members, int definition) implements Node {
        @Override
        public @Nullable Object read() throws IOException {
            if (firstLeaf().definition() < definition) {
                skip();
                return null;
            }
            List<@Nullable Object> values = new ArrayList<>(members.size());
            for (Node member : members) {
                values.add(member.read());
            }
            return values;
        }

        @Override
        public void skip() throws IOException {
            for (Node member : members) {
                member.skip();
            }
        }

        @Override
        public Leaf firstLeaf() {
            return members.getFirst().firstLeaf();
        }
    }

    /// A list: NULL below `definition`, empty at it, else elements as long as `repetition` goes on.
    private record Repeated(Node element, int definition, int repetition) implements Node {
        @Override
        public @Nullable Object read() throws IOException {
            Leaf first = firstLeaf();
            int level = first.definition();
            if (level <= definition) {
                skip();
                return level < definition ? null : List.of();
            }
            List<@Nullable Object> values = new ArrayList<>();
            do {
                values.add(element.read());
            } while (first.repetition() >= repetition);
            return values;
        }

        @Override
        public void skip() throws IOException {
            element.skip();
        }

        @Override
        public Leaf firstLeaf() {
            return element.firstLeaf();
        }
    }

    private record Entries(Node key, Node value, int definition, int repetition) implements Node {
        @Override
        public @Nullable Object read() throws IOException {
            Leaf first = firstLeaf();
            int level = first.definition();
            if (level <= definition) {
                skip();
                return level < definition ? null : Map.of();
            }
            Map<@Nullable Object, @Nullable Object> entries = new LinkedHashMap<>();
            do {
                entries.put(key.read(), value.read());
            } while (first.repetition() >= repetition);
            return entries;
        }

        @Override
        public void skip() throws IOException {
            key.skip();
            value.skip();
        }

        @Override
        public Leaf firstLeaf() {
            return key.firstLeaf();
        }
    }
}
