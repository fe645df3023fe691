package dev.vitrine.app.results;

import dev.vitrine.app.text.Text;
import dev.vitrine.app.theme.Icons;
import dev.vitrine.engine.pipeline.PreviewSample;
import dev.vitrine.engine.pipeline.SchemaDifference;
import dev.vitrine.engine.types.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import javafx.beans.property.ObjectProperty;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.SplitPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.util.StringConverter;

/// A preview: its inputs' rows and its own side by side, what differs, and which rows are chosen.
final class PreviewPane extends BorderPane {
    private final Text text;
    private final ObjectProperty<PreviewRows.Choice> choice;

    /// @param grid shows rows
    PreviewPane(
            PreviewRows rows,
            ObjectProperty<PreviewRows.Choice> choice,
            Function<ResultsView.Rows, Node> grid,
            Text text) {
        this.text = text;
        this.choice = choice;
        setId("preview-pane");
        List<Node> sides = new ArrayList<>();
        rows.inputs().forEach(side -> sides.add(side(side, "preview-input", grid)));
        sides.add(side(rows.output(), "preview-output", grid));
        if (rows.inputs().isEmpty()) {
            setCenter(grid.apply(rows.output().rows()));
        } else {
            SplitPane split = new SplitPane();
            split.getItems().setAll(sides);
            for (int i = 0; i < sides.size() - 1; i++) {
                split.setDividerPosition(i, (i + 1.0) / sides.size());
            }
            setCenter(split);
        }
        setTop(bar(rows));
    }

    private static BorderPane side(
            PreviewRows.Side side, String id, Function<ResultsView.Rows, Node> grid) {
        Label title = new Label(side.label());
        title.getStyleClass().add("preview-side");
        title.setMaxWidth(Double.MAX_VALUE);
        BorderPane pane = new BorderPane(grid.apply(side.rows()));
        pane.setTop(title);
        pane.setMinWidth(80);
        pane.setId(id);
        return pane;
    }

    private HBox bar(PreviewRows rows) {
        HBox bar = new HBox(12, modes());
        bar.setAlignment(Pos.CENTER_LEFT);
        bar.getStyleClass().add("preview-bar");
        if (rows.sink()) {
            Label badge = new Label(text.previewWritesNothing(), Icons.of("info", 14));
            badge.setId("preview-safe");
            badge.getStyleClass().add("preview-safe");
            bar.getChildren().add(badge);
            return bar;
        }
        CheckBox compared = new CheckBox(text.previewCompare());
        compared.setId("preview-compare");
        compared.setMinWidth(Region.USE_PREF_SIZE);
        compared.setSelected(choice.get().compared());
        compared.setOnAction(event ->
                choice.set(new PreviewRows.Choice(choice.get().mode(), compared.isSelected())));
        bar.getChildren().add(compared);
        if (!rows.inputs().isEmpty()) {
            bar.getChildren().addAll(differences(rows));
        }
        return bar;
    }

    private ComboBox<PreviewSample.Mode> modes() {
        ComboBox<PreviewSample.Mode> modes = new ComboBox<>();
        modes.setId("preview-mode");
        modes.getItems().setAll(PreviewSample.Mode.values());
        modes.setConverter(
                new StringConverter<>() {
                    @Override
                    public String toString(PreviewSample.Mode mode) {
                        return switch (mode) {
                            case FIRST -> text.previewFirst();
                            case RANDOM -> text.previewRandom();
                            case ALL -> text.previewAll();
                        };
                    }

                    @Override
                    public PreviewSample.Mode fromString(String words) {
                        return choice.get().mode();
                    }
                });
        modes.setValue(choice.get().mode());
        modes.setMinWidth(130);
        modes.setAccessibleText(text.previewRowsChoice());
        modes.setOnAction(event ->
                choice.set(new PreviewRows.Choice(modes.getValue(), choice.get().compared())));
        return modes;
    }

    private List<Label> differences(PreviewRows rows) {
        SchemaDifference found =
                SchemaDifference.of(
                        rows.inputs().stream().map(i -> i.rows().result().schema()).toList(),
                        rows.output().rows().result().schema());
        List<Label> labels = new ArrayList<>();
        difference(labels, "preview-rows", counts(rows));
        labels.getFirst().setMinWidth(Region.USE_PREF_SIZE);
        if (found.isEmpty()) {
            difference(labels, "preview-same", text.previewSameColumns());
        }
        if (!found.added().isEmpty()) {
            difference(labels, "preview-added", text.previewAdded(names(found.added())));
        }
        if (!found.removed().isEmpty()) {
            difference(labels, "preview-removed", text.previewRemoved(names(found.removed())));
        }
        if (!found.retyped().isEmpty()) {
            difference(
                    labels,
                    "preview-retyped",
                    text.previewRetyped(
                            found.retyped().stream()
                                    .map(r ->
                                            r.after().name()
                                                    + " "
                                                    + r.before().type().catalogString()
                                                    + " → "
                                                    + r.after().type().catalogString())
                                    .collect(Collectors.joining(", "))));
        }
        return labels;
    }

    private static void difference(List<Label> labels, String id, String words) {
        Label label = new Label(words);
        label.setId(id);
        label.getStyleClass().addAll("preview-difference", id);
        label.setTooltip(new Tooltip(words));
        labels.add(label);
    }

    /// Rows before and after. Where a preview ends early nobody knows how many there are.
    private String counts(PreviewRows rows) {
        String before =
                rows.inputs().stream()
                        .map(side -> count(side.rows()))
                        .collect(Collectors.joining(" + "));
        long all = rows.inputs().stream().mapToLong(side -> side.rows().result().rowCount()).sum();
        boolean exact =
                !endsEarly(rows.output().rows())
                        && rows.inputs().stream().noneMatch(side -> endsEarly(side.rows()));
        String after = count(rows.output().rows());
        return exact
                ? text.previewRowsExact(
                        before, after, rows.output().rows().result().rowCount() - all)
                : text.previewRowsSome(before, after);
    }

    private static boolean endsEarly(ResultsView.Rows rows) {
        return rows.truncatedAt() > 0 && rows.result().rowCount() >= rows.truncatedAt();
    }

    private static String count(ResultsView.Rows rows) {
        return (endsEarly(rows) ? "≥ " : "")
                + String.format(java.util.Locale.US, "%,d", rows.result().rowCount());
    }

    private static String names(List<Field> fields) {
        return fields.stream().map(Field::name).collect(Collectors.joining(", "));
    }
}
