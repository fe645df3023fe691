package dev.vitrine.engine.record;

import dev.vitrine.engine.snapshot.QuerySnapshot;
import java.util.List;
import java.util.Map;

/// What a recording holds up to a place in it. Lists and maps of `changed` hold only what is new
/// since the checkpoint before; steps of rules and generated code are named by their places.
///
/// @param offset bytes of the recording that it covers, whole lines
/// @param tail checksum of the last bytes before `offset`: of another file it is another
/// @param lines lines up to there
/// @param kinds events by kind up to there
/// @param unknown lines of unknown kinds up to there
/// @param damaged numbers of damaged lines since the checkpoint before
/// @param steps where `RuleApplied` events are, since the checkpoint before
/// @param code where `CodeReady` events are, since the checkpoint before
/// @param changed the state, less what did not change
record Checkpoint(
        long offset,
        int tail,
        int lines,
        Map<String, Integer> kinds,
        Map<String, Integer> unknown,
        List<Integer> damaged,
        List<Place> steps,
        List<Place> code,
        QuerySnapshot changed) {

    /// A line in the recording.
    record Place(long offset, int length) {}
}
