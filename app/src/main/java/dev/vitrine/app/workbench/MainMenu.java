package dev.vitrine.app.workbench;

import dev.vitrine.app.command.Command;
import dev.vitrine.app.command.Commands;
import dev.vitrine.app.text.Text;
import dev.vitrine.app.theme.Icons;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuBar;
import javafx.scene.control.MenuItem;

/// The menu bar, made of the commands.
final class MainMenu {
    private static final Set<String> CONTEXT =
            Set.of(
                    "edit.cut",
                    "edit.copy",
                    "edit.paste",
                    "edit.duplicate",
                    "edit.delete",
                    "edit.disable",
                    "run.run",
                    "canvas.add",
                    "canvas.arrange",
                    "canvas.zoom-fit",
                    "edit.paste-connected",
                    "edit.find",
                    "canvas.align-left",
                    "canvas.align-top",
                    "canvas.distribute-across",
                    "canvas.distribute-down");

    private final Text text;
    private final Commands commands;

    MainMenu(Text text, Commands commands) {
        this.text = text;
        this.commands = commands;
    }

    MenuBar bar() {
        Map<String, String> titles = new LinkedHashMap<>();
        titles.put("file", text.menuFile());
        titles.put("edit", text.menuEdit());
        titles.put("canvas", text.menuCanvas());
        titles.put("run", text.menuRun());
        titles.put("view", text.menuView());
        titles.put("help", text.menuHelp());
        MenuBar bar = new MenuBar();
        bar.setMinWidth(javafx.scene.layout.Region.USE_PREF_SIZE);
        titles.forEach((id, title) -> bar.getMenus().add(menu(id, title)));
        return bar;
    }

    private Menu menu(String id, String title) {
        Menu menu = new Menu(title);
        menu.setId("menu-" + id);
        // Filled when opened: titles and what is enabled change. One item stands in, or the menu
        // would not open.
        menu.getItems().add(new MenuItem());
        menu.setOnShowing(event -> fill(menu, id));
        return menu;
    }

    /// What can be done with the selection on a canvas.
    void fillContextMenu(ContextMenu menu) {
        menu.getItems().clear();
        for (Command command : commands.all()) {
            if (CONTEXT.contains(command.id())) {
                menu.getItems().add(item(command));
            }
        }
    }

    private void fill(Menu menu, String id) {
        menu.getItems().clear();
        for (Command command : commands.all()) {
            if (command.menu().equals(id)) {
                menu.getItems().add(item(command));
            }
        }
    }

    private MenuItem item(Command command) {
        MenuItem item = new MenuItem(command.title().get());
        item.setMnemonicParsing(false);
        if (!command.icon().isEmpty()) {
            item.setGraphic(Icons.of(command.icon()));
        }
        item.setDisable(!command.enabled().getAsBoolean());
        commands.key(command.id()).filter(Commands::isAccelerator).ifPresent(item::setAccelerator);
        item.setOnAction(event -> command.run().run());
        return item;
    }
}
