package dev.vitrine.app.pipeline;

import dev.vitrine.app.preferences.TrustedCode;
import dev.vitrine.app.text.Text;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.layout.VBox;

/// Code that a document brings. What the user types here is trusted; what came with the document is
/// shown with a question whether it may run.
final class CodeField extends FieldEditor {
    private static final int ROWS = 16;

    private final TrustedCode trusted;
    private final TextArea area = new TextArea();
    private final VBox question;
    private final VBox node;

    /// @param allowed what follows once shown code may run
    CodeField(
            Consumer<Object> changed, String id, Text text, TrustedCode trusted, Runnable allowed) {
        super(changed);
        this.trusted = trusted;
        area.setId(id);
        area.getStyleClass().add("mono");
        area.setPrefRowCount(ROWS);
        Label says = new Label(text.untrustedCode());
        says.setWrapText(true);
        Button allow = new Button(text.allowCode());
        allow.setId(id + "-allow");
        allow.setOnAction(event -> {
            trusted.trust(area.getText());
            ask();
            allowed.run();
        });
        question = new VBox(4, says, allow);
        question.getStyleClass().addAll("form-problem", "form-info");
        node = new VBox(4, question, area);
        area.textProperty().addListener((o, old, now) -> emit());
        ask();
    }

    @Override
    void emitting() {
        trusted.trust(area.getText());
        ask();
    }

    private void ask() {
        boolean asks = !area.getText().isBlank() && !trusted.trusts(area.getText());
        question.setVisible(asks);
        question.setManaged(asks);
    }

    @Override
    Node node() {
        return node;
    }

    @Override
    Object value() {
        return area.getText();
    }

    @Override
    void set(Object value) {
        area.setText(String.valueOf(value));
        ask();
    }
}
