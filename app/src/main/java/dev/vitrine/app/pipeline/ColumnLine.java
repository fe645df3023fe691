package dev.vitrine.app.pipeline;

import dev.vitrine.app.text.Text;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/// A column in one line: a sign for its type, its name, its type.
final class ColumnLine extends HBox {
    ColumnLine(Field field, Text text) {
        super(8);
        Label symbol = new Label(symbol(field.type()));
        symbol.getStyleClass().add("type-symbol");
        Label name = new Label(field.name());
        name.setMinWidth(40);
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        Label type = new Label(field.type().catalogString());
        type.getStyleClass().addAll("type", "mono");
        type.setTooltip(
                new Tooltip(
                        field.type().sql()
                                + ", "
                                + (field.nullable() ? text.nullable() : text.notNull())));
        getChildren().addAll(symbol, name, gap, type);
        setAlignment(Pos.CENTER_LEFT);
        getStyleClass().add("column-line");
    }

    /// A sign for a family of types.
    static String symbol(DataType type) {
        if (type.isNumeric()) {
            return "#";
        }
        if (type.equals(DataType.BOOLEAN)) {
            return "✓";
        }
        if (type.equals(DataType.DATE) || type.isTimestamp()) {
            return "◷";
        }
        return type.isNested() ? "{}" : "a";
    }
}
