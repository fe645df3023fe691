package dev.vitrine.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import javafx.application.Application;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/// The toolkit as the build starts it: from the module path, drawing without a display.
@ExtendWith(ApplicationExtension.class)
class ToolkitTest {

    @Start
    void start(Stage stage) {
        var field = new TextField();
        field.setId("field");
        var button = new Button("Shout");
        button.setOnAction(event -> field.setText(field.getText().toUpperCase(Locale.ROOT)));
        stage.setScene(new Scene(new VBox(field, button), 300, 200));
        stage.show();
    }

    @Test
    void robotTypesAndClicks(FxRobot robot) {
        robot.clickOn("#field").write("hello").clickOn("Shout");
        assertEquals("HELLO", robot.lookup("#field").queryAs(TextField.class).getText());
    }

    /// In memory a modifier held during a click is lost, so this one wants a display.
    @Test
    @Tag("display")
    void heldModifiersReachTheClick(FxRobot robot) {
        var held = new AtomicBoolean();
        robot.lookup("#field")
                .query()
                .addEventHandler(
                        MouseEvent.MOUSE_CLICKED, event -> held.set(event.isControlDown()));
        robot.press(KeyCode.CONTROL).clickOn("#field").release(KeyCode.CONTROL);
        assertTrue(held.get());
    }

    @Test
    void javaFxIsOnTheModulePath() {
        assertTrue(Application.class.getModule().isNamed());
    }
}
