package dev.vitrine.engine.spi;

import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import dev.vitrine.engine.types.Schema;
import dev.vitrine.engine.types.Values;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How rows are spread over folders by the values of some columns, `year=2024/month=7`.
///
/// @param columns the columns that name folders, outermost folder first; they are the last ones of
///   the rows and do not lie in the files
/// @param replaced with OVERWRITE: values of the first of `columns`, whose folder alone is
///   replaced; empty replaces all
/// @param onlyWritten with OVERWRITE: replaces just the folders that rows were written to
public record FolderPartitions(
        List<String> columns, List<@Nullable Object> replaced, boolean onlyWritten) {
    /// What a folder calls NULL, as Hive does.
    public static final String NULL_NAME = "__HIVE_DEFAULT_PARTITION__";

    private static final String SPECIAL = "\"#%'*/:=?\\{}[]^<>|";

    /// All rows in one folder.
    public static final FolderPartitions NONE = new FolderPartitions(List.of(), List.of(), false);

    public FolderPartitions {
        columns = List.copyOf(columns);
        replaced = Collections.unmodifiableList(new ArrayList<>(replaced));
    }

    /// Whether values of a type can name folders, and be read from their names.
    public static boolean canName(DataType type) {
        return type.isNumeric()
                || type == DataType.STRING
                || type == DataType.BOOLEAN
                || type == DataType.DATE
                || type.isTimestamp();
    }

    /// The folder of a value, `month=7`, with the signs that file systems mind as `%3A`.
    public static String folderName(Field column, @Nullable Object value) {
        String text = value == null ? "" : Values.toText(value, column.type(), ZoneOffset.UTC);
        return escaped(column.name()) + "=" + (text.isEmpty() ? NULL_NAME : escaped(text));
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == 127 || SPECIAL.indexOf(c) >= 0) {
                escaped.append(String.format("%%%02X", (int) c));
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }

    /// The columns that lie in the files.
    public Schema inside(Schema schema) {
        return new Schema(schema.fields().subList(0, schema.size() - columns.size()));
    }
}
