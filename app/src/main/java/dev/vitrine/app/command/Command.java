package dev.vitrine.app.command;

import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Something the user can do. Menus, toolbar, palette and key help are made from these.
///
/// @param id for keymaps, for example `edit.undo`
/// @param menu the menu it stands in, or empty
/// @param title as it reads now, for example `Undo Move`
/// @param icon a name of an icon, or empty
/// @param inText whether its key also counts while the user types in a text field
public record Command(
        String id,
        String menu,
        Supplier<String> title,
        String icon,
        boolean inText,
        BooleanSupplier enabled,
        Runnable run) {
    public static Command of(String id, String menu, String title, String icon, Runnable run) {
        return new Command(id, menu, () -> title, icon, true, () -> true, run);
    }
}
