package dev.vitrine.app.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;

/// All commands, by id, and the keys that run them.
public final class Commands {
    private final Map<String, Command> commands = new LinkedHashMap<>();
    private final Keymap keymap;

    public Commands(Keymap keymap) {
        this.keymap = keymap;
    }

    public void add(Command command) {
        commands.put(command.id(), command);
    }

    public List<Command> all() {
        return List.copyOf(commands.values());
    }

    public Optional<Command> find(String id) {
        return Optional.ofNullable(commands.get(id));
    }

    /// Runs a command where it is enabled; says whether it was.
    public boolean run(String id) {
        Command command = commands.get(id);
        if (command == null || !command.enabled().getAsBoolean()) {
            return false;
        }
        command.run().run();
        return true;
    }

    /// The first key of a command, in words; empty where it has none.
    public String keyText(String id) {
        return keymap.keys(id).stream().findFirst().map(KeyCombination::getDisplayText).orElse("");
    }

    /// All keys of a command, in words; empty where it has none.
    public String allKeysText(String id) {
        return keymap.keys(id).stream()
                .map(KeyCombination::getDisplayText)
                .collect(Collectors.joining(", "));
    }

    public Optional<KeyCombination> key(String id) {
        return keymap.keys(id).stream().findFirst();
    }

    /// Runs the command of a pressed key and consumes the event, unless the key belongs to the text
    /// being typed.
    ///
    /// @param typing whether the focus is in text
    public void handle(KeyEvent event, boolean typing) {
        for (Command command : commands.values()) {
            for (KeyCombination key : keymap.keys(command.id())) {
                if (key.match(event)
                        && (command.inText() || !typing)
                        && command.enabled().getAsBoolean()) {
                    event.consume();
                    command.run().run();
                    return;
                }
            }
        }
    }

    /// Whether the node takes typed text.
    public static boolean takesText(Object focused) {
        return focused instanceof TextInputControl
                || focused instanceof org.fxmisc.richtext.GenericStyledArea<?, ?, ?>;
    }

    /// Whether a key is shown in menus as an accelerator: those with Ctrl or Alt, and function
    /// keys.
    public static boolean isAccelerator(KeyCombination key) {
        return key instanceof KeyCodeCombination code
                && (code.getCode().isFunctionKey()
                        || code.getShortcut() == KeyCombination.ModifierValue.DOWN
                        || code.getAlt() == KeyCombination.ModifierValue.DOWN);
    }
}
