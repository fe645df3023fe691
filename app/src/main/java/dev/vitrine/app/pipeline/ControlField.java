package dev.vitrine.app.pipeline;

import dev.vitrine.app.sql.SqlArea;
import dev.vitrine.app.sql.SqlCompletion;
import dev.vitrine.app.text.Text;
import dev.vitrine.app.theme.Icons;
import dev.vitrine.engine.error.SourceRange;
import dev.vitrine.engine.pipeline.NodeProblem;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javafx.beans.property.Property;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;

/// A field of one control: its value is that of one property of the control.
class ControlField extends FieldEditor {
    private final Node node;
    private final Supplier<Object> read;
    private final Consumer<Object> write;

    /// @param node the control, or what it stands in
    /// @param property tells of changes
    /// @param counts whether what the user entered is a value yet
    private <T> ControlField(
            Consumer<Object> changed,
            Node node,
            ObservableValue<T> property,
            Predicate<T> counts,
            Supplier<Object> read,
            Consumer<Object> write) {
        super(changed);
        this.node = node;
        this.read = read;
        this.write = write;
        property.addListener((o, old, now) -> {
            if (counts.test(now)) {
                emit();
            }
        });
    }

    private static ControlField ofText(
            Consumer<Object> changed, Node node, Property<String> property) {
        return new ControlField(
                changed,
                node,
                property,
                typed -> true,
                property::getValue,
                value -> property.setValue(String.valueOf(value)));
    }

    @Override
    final Node node() {
        return node;
    }

    @Override
    final Object value() {
        return read.get();
    }

    @Override
    final void set(Object value) {
        write.accept(value);
    }

    static ControlField line(Consumer<Object> changed, String id, String hint) {
        TextField line = textField(id);
        line.setPromptText(hint);
        return ofText(changed, line, line.textProperty());
    }

    private static TextField textField(String id) {
        TextField line = new TextField();
        line.setId(id);
        return line;
    }

    static ControlField lines(Consumer<Object> changed, String id) {
        TextArea area = new TextArea();
        area.setId(id);
        area.getStyleClass().add("mono");
        area.setPrefRowCount(8);
        return ofText(changed, area, area.textProperty());
    }

    static ControlField path(Consumer<Object> changed, String id, Surroundings around) {
        TextField line = textField(id);
        Button browse = new Button("", Icons.of("folder"));
        browse.setTooltip(new Tooltip(around.text().browse()));
        browse.getStyleClass().add("flat");
        browse.setOnAction(event -> around.browse().run());
        HBox.setHgrow(line, Priority.ALWAYS);
        return ofText(changed, new HBox(4, line, browse), line.textProperty());
    }

    static ControlField number(Consumer<Object> changed, String id) {
        TextField line = textField(id);
        line.getStyleClass().add("number-field");
        line.setMaxWidth(128);
        Predicate<String> whole = typed -> typed.strip().matches("-?\\d{1,18}");
        return new ControlField(
                changed,
                line,
                line.textProperty(),
                typed -> typed.isBlank() || whole.test(typed),
                () -> whole.test(line.getText()) ? Long.parseLong(line.getText().strip()) : 0L,
                value -> line.setText(String.valueOf(value)));
    }

    static ControlField flag(Consumer<Object> changed, String id, String label) {
        CheckBox box = new CheckBox(label);
        box.setId(id);
        return new ControlField(
                changed,
                box,
                box.selectedProperty(),
                on -> true,
                box::isSelected,
                value -> box.setSelected(Boolean.TRUE.equals(value)));
    }

    static ControlField choice(Consumer<Object> changed, String id, List<String> choices) {
        ChoiceBox<String> box = new ChoiceBox<>();
        box.setId(id);
        box.getItems().setAll(choices);
        box.setMaxWidth(Double.MAX_VALUE);
        return new ControlField(
                changed,
                box,
                box.valueProperty(),
                chosen -> true,
                () -> box.getValue() == null ? "" : box.getValue(),
                value -> box.setValue(String.valueOf(value)));
    }

    /// A line with suggestions below it.
    static ControlField suggested(
            Consumer<Object> changed, String id, String hint, Supplier<List<String>> suggestions) {
        ComboBox<String> box = new ComboBox<>();
        box.setEditable(true);
        box.setPromptText(hint);
        box.setId(id);
        box.setMaxWidth(Double.MAX_VALUE);
        box.setMinWidth(0);
        box.setPrefWidth(120);
        box.setVisibleRowCount(12);
        box.setOnShowing(event -> fill(box, suggestions.get()));
        Property<String> typed = box.getEditor().textProperty();
        return new ControlField(
                changed,
                box,
                typed,
                text -> true,
                typed::getValue,
                value -> typed.setValue(String.valueOf(value))) {
            @Override
            void refresh() {
                if (!box.isShowing()) {
                    fill(box, suggestions.get());
                }
            }
        };
    }

    private static void fill(ComboBox<String> box, List<String> items) {
        if (!box.getItems().equals(items)) {
            String text = box.getEditor().getText();
            box.getItems().setAll(items);
            if (!text.equals(box.getEditor().getText())) {
                box.getEditor().setText(text);
            }
        }
    }

    /// @param expression whether it is an expression over the inputs; else a query
    static ControlField sql(
            Consumer<Object> changed,
            String id,
            Surroundings around,
            boolean expression,
            int minLines,
            int maxLines) {
        SqlArea area = new SqlArea(around.language()).asField(minLines, maxLines);
        area.setId(id);
        SqlCompletion.install(
                area,
                () -> new InputCompletion(around.language(), around.inputs().get(), expression),
                around.background(),
                around.text());
        return new ControlField(
                changed,
                area,
                area.textProperty(),
                typed -> true,
                area::getText,
                value -> area.show(String.valueOf(value))) {
            @Override
            void showProblems(List<NodeProblem> problems) {
                int length = area.getLength();
                area.showErrors(
                        problems.stream()
                                .filter(problem -> length > 0)
                                .map(problem ->
                                        new SqlArea.Mark(
                                                problem.where().orElse(new SourceRange(0, length)),
                                                problem.message()))
                                .toList());
            }
        };
    }

    /// A button that turns between ascending, whose value is empty, and descending, `true`.
    static ControlField direction(Consumer<Object> changed, String id, Text text) {
        Button button = new Button();
        button.getStyleClass().add("direction");
        button.setId(id);
        SimpleStringProperty value = new SimpleStringProperty("");
        Function<String, String> words =
                now -> now.equals("true") ? text.descending() : text.ascending();
        Runnable show =
                () -> {
                    button.setText(value.get().equals("true") ? "Z → A" : "A → Z");
                    button.setAccessibleText(words.apply(value.get()));
                    button.setTooltip(new Tooltip(words.apply(value.get())));
                };
        value.addListener((o, old, now) -> show.run());
        show.run();
        button.setOnAction(event -> value.set(value.get().equals("true") ? "" : "true"));
        return ofText(changed, button, value);
    }
}
