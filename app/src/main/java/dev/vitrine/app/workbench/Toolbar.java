package dev.vitrine.app.workbench;

import dev.vitrine.app.command.Command;
import dev.vitrine.app.command.Commands;
import dev.vitrine.app.text.Text;
import dev.vitrine.app.theme.Icons;
import javafx.geometry.Orientation;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Separator;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/// The buttons beside the menus, made of commands.
final class Toolbar extends HBox {
    private final Commands commands;

    Toolbar(Text text, Commands commands) {
        super(4);
        this.commands = commands;
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        Button search = new Button(text.goTo(), Icons.of("search", 14));
        search.getStyleClass().add("search-everywhere");
        search.setOnAction(event -> commands.run("view.go-to"));
        search.setGraphicTextGap(8);
        Button run = tool("run.run");
        run.getStyleClass().add("run-button");
        getChildren()
                .addAll(
                        run,
                        tool("run.stop"),
                        new Separator(Orientation.VERTICAL),
                        tool("edit.undo"),
                        tool("edit.redo"),
                        new Separator(Orientation.VERTICAL),
                        tool("canvas.zoom-fit"),
                        tool("canvas.arrange"),
                        gap,
                        search,
                        tool("view.theme"),
                        tool("file.settings"));
        getStyleClass().add("toolbar");
        setAlignment(Pos.CENTER_LEFT);
        HBox.setHgrow(this, Priority.ALWAYS);
    }

    private Button tool(String id) {
        Command command = commands.find(id).orElseThrow();
        Button button = new Button("", Icons.of(command.icon()));
        String key = commands.keyText(id);
        button.setId("tool-" + id.replace('.', '-'));
        button.getStyleClass().add("flat");
        button.setFocusTraversable(false);
        button.setAccessibleText(command.title().get());
        Tooltip tip = new Tooltip();
        tip.setOnShowing(event ->
                tip.setText(command.title().get() + (key.isEmpty() ? "" : "  (" + key + ")")));
        button.setTooltip(tip);
        button.setOnAction(event -> commands.run(id));
        return button;
    }
}
