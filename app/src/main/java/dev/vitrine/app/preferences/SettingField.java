package dev.vitrine.app.preferences;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.VBox;

/// One preference in a form: its name, its control and a sentence about it.
final class SettingField {
    private static final PseudoClass FOUND = PseudoClass.getPseudoClass("found");
    private static final PseudoClass WRONG = PseudoClass.getPseudoClass("wrong");

    private final VBox node;
    private final String words;
    private final Runnable show;

    private SettingField(String title, String help, Node control, boolean titled, Runnable show) {
        this.words = (title + " " + help).toLowerCase(Locale.ROOT);
        this.show = show;
        Label about = new Label(help);
        about.getStyleClass().addAll("muted", "setting-help");
        about.setWrapText(true);
        about.setMaxWidth(560);
        node = new VBox(6);
        if (titled) {
            Label name = new Label(title);
            name.getStyleClass().add("setting-name");
            name.setLabelFor(control);
            node.getChildren().add(name);
        }
        node.getChildren().addAll(control, about);
        node.getStyleClass().add("setting");
    }

    Node node() {
        return node;
    }

    /// @param typed in lower case
    boolean matches(String typed) {
        return words.contains(typed);
    }

    /// Marks it where it is what was searched for.
    void highlight(String typed) {
        String searched = typed.toLowerCase(Locale.ROOT).strip();
        node.pseudoClassStateChanged(FOUND, !searched.isEmpty() && matches(searched));
    }

    /// Shows the value that counts.
    void show() {
        show.run();
    }

    static SettingField choice(
            String id,
            String title,
            String help,
            List<String> titles,
            Supplier<String> read,
            Consumer<String> write) {
        ChoiceBox<String> box = new ChoiceBox<>();
        box.setId("setting-" + id);
        box.getItems().setAll(titles);
        box.setPrefWidth(200);
        box.valueProperty()
                .addListener((o, old, chosen) -> {
                    if (chosen != null) {
                        write.accept(chosen);
                    }
                });
        return new SettingField(title, help, box, true, () -> box.setValue(read.get()));
    }

    static SettingField flag(
            String id, String title, String help, Supplier<Boolean> read, Consumer<Boolean> write) {
        CheckBox box = new CheckBox(title);
        box.setId("setting-" + id);
        box.selectedProperty().addListener((o, old, on) -> write.accept(on));
        return new SettingField(title, help, box, false, () -> box.setSelected(read.get()));
    }

    /// @param limits says what is allowed, shown where something else stands in the field
    static SettingField number(
            String id,
            String title,
            String help,
            String limits,
            int min,
            int max,
            Supplier<Integer> read,
            Consumer<Integer> write) {
        TextField field = new TextField();
        field.setId("setting-" + id);
        // The skin brings style properties of its own, which count only with the next change of
        // style: without one, text that is there from the beginning stays black.
        field.skinProperty().addListener(o -> field.getStyleClass().add("number-field"));
        field.setMaxWidth(128);
        Tooltip tip = new Tooltip(limits);
        Label wrong = new Label(limits);
        wrong.getStyleClass().add("setting-wrong");
        wrong.setVisible(false);
        wrong.setManaged(false);
        field.textProperty()
                .addListener((o, old, typed) -> {
                    boolean fits = fits(typed, min, max);
                    field.pseudoClassStateChanged(WRONG, !fits);
                    field.setTooltip(fits ? null : tip);
                    wrong.setVisible(!fits);
                    wrong.setManaged(!fits);
                    if (fits) {
                        write.accept(Integer.valueOf(typed.strip()));
                    }
                });
        // What cannot count gives way to what does.
        field.focusedProperty()
                .addListener((o, old, focused) -> {
                    if (!focused && !fits(field.getText(), min, max)) {
                        field.setText(String.valueOf(read.get()));
                    }
                });
        VBox control = new VBox(4, field, wrong);
        return new SettingField(
                title,
                help,
                control,
                true,
                () -> {
                    String now = String.valueOf(read.get());
                    if (!field.isFocused() && !field.getText().equals(now)) {
                        field.setText(now);
                    }
                });
    }

    private static boolean fits(String typed, int min, int max) {
        if (!typed.strip().matches("\\d{1,9}")) {
            return false;
        }
        int number = Integer.parseInt(typed.strip());
        return number >= min && number <= max;
    }
}
