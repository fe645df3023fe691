package dev.vitrine.engine.api;

import dev.vitrine.engine.event.ErrorInfo;
import dev.vitrine.engine.types.Schema;
import java.util.List;

/// What a statement or plan means, found without running it.
public sealed interface Analysis {
    /// @param schema columns of the result; empty for commands
    record Valid(Schema schema) implements Analysis {}

    /// @param errors at least one; those with a place in the text have it
    record Invalid(List<ErrorInfo> errors) implements Analysis {
        public Invalid {
            errors = List.copyOf(errors);
        }
    }
}
