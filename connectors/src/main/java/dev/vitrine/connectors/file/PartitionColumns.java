package dev.vitrine.connectors.file;

import dev.vitrine.engine.expr.EvalMode;
import dev.vitrine.engine.function.Casting;
import dev.vitrine.engine.spi.ColumnFilter;
import dev.vitrine.engine.spi.FolderPartitions;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import dev.vitrine.engine.types.Schema;
import dev.vitrine.engine.types.Values;
import java.math.BigDecimal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Columns whose values stand in the names of folders, `year=2024/month=7`.
final class PartitionColumns {
    private static final List<DataType> CANDIDATES =
            List.of(DataType.INT, DataType.BIGINT, DataType.DOUBLE, DataType.DATE);

    private final Schema schema;

    private PartitionColumns(Schema schema) {
        this.schema = schema;
    }

    /// The columns that the folders of `files` name, with the type the user gives or else the
    /// narrowest that all values fit.
    static PartitionColumns of(List<DataFile> files, Optional<Schema> user) {
        Set<String> names = new LinkedHashSet<>();
        files.forEach(file -> names.addAll(file.partition().keySet()));
        List<Field> fields = new ArrayList<>();
        for (String name : names) {
            OptionalInt given = user.isPresent() ? user.get().indexOf(name) : OptionalInt.empty();
            fields.add(
                    given.isPresent()
                            ? user.get().field(given.getAsInt())
                            : Field.of(name, infer(name, files)));
        }
        return new PartitionColumns(new Schema(fields));
    }

    Schema schema() {
        return schema;
    }

    boolean isEmpty() {
        return schema.size() == 0;
    }

    /// `fields` less those that the folders already give.
    Schema without(Schema fields) {
        return new Schema(
                fields.fields().stream()
                        .filter(field -> schema.indexOf(field.name()).isEmpty())
                        .toList());
    }

    /// The value that a file's folders give to partition column `index`.
    @Nullable Object value(DataFile file, int index) {
        Field field = schema.field(index);
        String text = text(file, field.name());
        return text == null ? null : parse(text, field.type());
    }

    /// Whether rows of `file` may pass `filters`.
    boolean mayMatch(DataFile file, List<ColumnFilter> filters) {
        for (ColumnFilter filter : filters) {
            OptionalInt index = schema.indexOf(filter.column());
            if (index.isPresent() && !passes(value(file, index.getAsInt()), filter)) {
                return false;
            }
        }
        return true;
    }

    private static boolean passes(@Nullable Object value, ColumnFilter filter) {
        if (value == null) {
            return filter.op() == ColumnFilter.Op.IS_NULL;
        }
        Function<Object, Integer> order = other -> Values.compare(value, other);
        return switch (filter.op()) {
            case IS_NULL -> false;
            case IS_NOT_NULL -> true;
            case EQ, IN -> filter.values().stream().anyMatch(v -> order.apply(v) == 0);
            case LT -> order.apply(filter.values().getFirst()) < 0;
            case LE -> order.apply(filter.values().getFirst()) <= 0;
            case GT -> order.apply(filter.values().getFirst()) > 0;
            case GE -> order.apply(filter.values().getFirst()) >= 0;
        };
    }

    private static DataType infer(String name, List<DataFile> files) {
        for (DataType type : CANDIDATES) {
            boolean fits = true;
            for (DataFile file : files) {
                String text = text(file, name);
                fits &= text == null || parse(text, type) != null;
            }
            if (fits) {
                return type;
            }
        }
        return DataType.STRING;
    }

    private static @Nullable String text(DataFile file, String name) {
        String raw = file.partition().get(name);
        if (raw == null || raw.equals(FolderPartitions.NULL_NAME)) {
            return null;
        }
        try {
            return URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return raw;
        }
    }

    private static @Nullable Object parse(String text, DataType type) {
        try {
            return switch (type) {
                case DataType.Simple.TINYINT -> Byte.valueOf(text);
                case DataType.Simple.SMALLINT -> Short.valueOf(text);
                case DataType.Simple.INT -> Integer.valueOf(text);
                case DataType.Simple.BIGINT -> Long.valueOf(text);
                case DataType.Simple.FLOAT -> Float.valueOf(text);
                case DataType.Simple.DOUBLE -> Double.valueOf(text);
                case DataType.Simple.BOOLEAN ->
                        text.equalsIgnoreCase("true")
                                ? Boolean.TRUE
                                : text.equalsIgnoreCase("false") ? Boolean.FALSE : null;
                case DataType.Simple.DATE -> Math.toIntExact(LocalDate.parse(text).toEpochDay());
                case DataType.Decimal d ->
                        new BigDecimal(text).setScale(d.scale(), java.math.RoundingMode.HALF_UP);
                case DataType.Simple.STRING -> text;
                case DataType.Simple.TIMESTAMP, DataType.Simple.TIMESTAMP_NTZ ->
                        Casting.caster(DataType.STRING, type, EvalMode.TRY, ZoneOffset.UTC)
                                .cast(text);
                default -> null;
            };
        } catch (NumberFormatException | DateTimeParseException | ArithmeticException e) {
            return null;
        }
    }
}
