package dev.vitrine.connectors.parquet;

import dev.hardwood.metadata.LogicalType;
import dev.hardwood.metadata.PhysicalType;
import dev.hardwood.metadata.RepetitionType;
import dev.hardwood.schema.ColumnSchema;
import dev.hardwood.schema.SchemaNode;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import dev.vitrine.engine.types.Schema;
import java.util.List;

/// The engine's type for each node of a Parquet schema.
///
/// Unsigned integers take the next wider signed type, 64 bits decimal(20,0); a UUID is its text.
final class ParquetTypes {
    private static final DataType UNSIGNED_LONG = new DataType.Decimal(20, 0);

    private ParquetTypes() {}

    static Schema schema(SchemaNode.GroupNode root) {
        return new Schema(root.children().stream().map(ParquetTypes::field).toList());
    }

    static Field field(SchemaNode node) {
        boolean required = node.repetitionType() == RepetitionType.REQUIRED;
        DataType type = type(node);
        return new Field(node.name(), isBareList(node) ? list(type, false) : type, !required);
    }

    /// Whether a node is repeated without a LIST around it: a list of its own, as old writers made
    /// them.
    static boolean isBareList(SchemaNode node) {
        return node.repetitionType() == RepetitionType.REPEATED;
    }

    /// The type of one value of `node`.
    static DataType type(SchemaNode node) {
        return switch (node) {
            case SchemaNode.PrimitiveNode leaf -> leafType(leaf.type(), leaf.logicalType());
            case SchemaNode.GroupNode group -> groupType(group);
        };
    }

    /// The type of one value of a leaf.
    static DataType type(ColumnSchema leaf) {
        return leafType(leaf.type(), leaf.logicalType());
    }

    private static DataType groupType(SchemaNode.GroupNode group) {
        if (group.isList() && group.getListElement() != null) {
            SchemaNode element = group.getListElement();
            return list(type(element), element.repetitionType() == RepetitionType.OPTIONAL);
        }
        if (group.isMap() && group.getMapKey() != null && group.getMapValue() != null) {
            SchemaNode value = group.getMapValue();
            return new DataType.MapOf(
                    type(group.getMapKey()),
                    type(value),
                    value.repetitionType() == RepetitionType.OPTIONAL);
        }
        List<Field> fields = group.children().stream().map(ParquetTypes::field).toList();
        return new DataType.Struct(fields);
    }

    private static DataType list(DataType element, boolean containsNull) {
        return new DataType.Array(element, containsNull);
    }

    private static DataType leafType(
            PhysicalType physical, @org.jspecify.annotations.Nullable LogicalType logical) {
        return switch (logical) {
            case LogicalType.StringType s -> DataType.STRING;
            case LogicalType.EnumType e -> DataType.STRING;
            case LogicalType.JsonType j -> DataType.STRING;
            case LogicalType.UuidType u -> DataType.STRING;
            case LogicalType.DateType d -> DataType.DATE;
            case LogicalType.TimeType t -> DataType.Time.DEFAULT;
            case LogicalType.TimestampType t ->
                    t.isAdjustedToUTC() ? DataType.TIMESTAMP : DataType.TIMESTAMP_NTZ;
            case LogicalType.DecimalType d -> new DataType.Decimal(d.precision(), d.scale());
            case LogicalType.Float16Type f -> DataType.FLOAT;
            case LogicalType.IntType i -> integer(i.bitWidth(), i.isSigned());
            case null, default -> physicalType(physical);
        };
    }

    private static DataType integer(int bits, boolean signed) {
        return switch (signed ? bits : bits * 2) {
            case 8 -> DataType.TINYINT;
            case 16 -> DataType.SMALLINT;
            case 32 -> DataType.INT;
            case 64 -> DataType.BIGINT;
            default -> UNSIGNED_LONG;
        };
    }

    private static DataType physicalType(PhysicalType physical) {
        return switch (physical) {
            case BOOLEAN -> DataType.BOOLEAN;
            case INT32 -> DataType.INT;
            case INT64 -> DataType.BIGINT;
            case INT96 -> DataType.TIMESTAMP;
            case FLOAT -> DataType.FLOAT;
            case DOUBLE -> DataType.DOUBLE;
            case BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY -> DataType.BINARY;
        };
    }
}
