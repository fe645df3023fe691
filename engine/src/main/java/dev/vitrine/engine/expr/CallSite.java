package dev.vitrine.engine.expr;

import dev.vitrine.engine.types.DataType;
import java.time.ZoneId;
import java.util.List;

/// What a function may know about the place it is called from.
///
/// @param argTypes types of the arguments, after implicit casts
/// @param type type of the result
/// @param mode what to do with values the function cannot handle
/// @param zone the session's time zone
public record CallSite(List<DataType> argTypes, DataType type, EvalMode mode, ZoneId zone) {
    public CallSite {
        argTypes = List.copyOf(argTypes);
    }
}
