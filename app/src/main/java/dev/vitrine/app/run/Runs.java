package dev.vitrine.app.run;

import dev.vitrine.app.background.Background;
import dev.vitrine.app.preferences.Preferences;
import dev.vitrine.engine.api.Query;
import dev.vitrine.engine.api.QueryResult;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.event.QueryOutcome;
import dev.vitrine.engine.record.RunArchive;
import dev.vitrine.engine.record.RunRecorder;
import dev.vitrine.engine.record.RunSummary;
import dev.vitrine.engine.snapshot.QuerySnapshot;
import dev.vitrine.engine.snapshot.SnapshotFeed;
import dev.vitrine.plan.FrameMailbox;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// The runs of this window and those recorded in its project, the newest first, and the one that
/// views show. Previews are not among them. FX thread only.
public final class Runs {
    /// Live runs that stay in the list, and with them their snapshots in memory.
    private static final int KEPT = 50;

    /// How long a closing window waits for what it cancelled to be on the disk.
    private static final long CLOSING_MILLIS = 1_000;

    private final Background background;
    private final RunArchive archive;
    private final Supplier<Preferences.Recording> recording;
    private final Consumer<Throwable> failed;
    private final ObservableList<Run> all = FXCollections.observableArrayList();
    private final ObservableList<Run> readOnly = FXCollections.unmodifiableObservableList(all);
    private final ReadOnlyObjectWrapper<Optional<Run>> shown =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final Set<CountDownLatch> recordings = ConcurrentHashMap.newKeySet();

    /// Who hears of a run. All but `snapshot` on the FX thread.
    public interface Listener {
        /// On the thread that reduces events.
        default void snapshot(QuerySnapshot snapshot) {}

        /// The rows are the listener's from now on: it closes the query when it needs them no more.
        default void succeeded(LiveRun run, QueryResult result) {}

        default void failed(LiveRun run, QueryOutcome.Failed failed) {}

        default void cancelled(LiveRun run) {}

        /// After any of the other three.
        default void ended(LiveRun run) {}
    }

    /// @param archive where runs are recorded
    /// @param recording asked before each run
    /// @param failed told where recording fails; the runs go on
    public Runs(
            Background background,
            RunArchive archive,
            Supplier<Preferences.Recording> recording,
            Consumer<Throwable> failed) {
        this.background = background;
        this.archive = archive;
        this.recording = recording;
        this.failed = failed;
    }

    public ObservableList<Run> all() {
        return readOnly;
    }

    /// The run that plan, stages and the like show.
    public ReadOnlyObjectProperty<Optional<Run>> shown() {
        return shown.getReadOnlyProperty();
    }

    /// Shows a run that has something to show: one of this window, or a recorded one that was
    /// opened.
    public void show(Run run) {
        shown.set(Optional.of(run));
    }

    public boolean anyRunning() {
        return all.stream().anyMatch(Run::running);
    }

    public void cancelAll() {
        for (Run run : all) {
            if (run instanceof LiveRun live && live.running()) {
                live.cancel();
            }
        }
    }

    /// Ends what runs, and waits a little until its recording is whole.
    public void close() {
        cancelAll();
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CLOSING_MILLIS);
        try {
            for (CountDownLatch latch : Set.copyOf(recordings)) {
                if (!latch.await(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // Recorded runs

    /// Looks for recorded runs anew.
    public void load() {
        background.run(archive::list, this::add);
    }

    private void add(List<RunSummary> found) {
        Set<Path> known = new HashSet<>();
        all.forEach(run -> run.recording().ifPresent(known::add));
        List<Run> next = new ArrayList<>(all);
        for (RunSummary summary : found) {
            if (!known.contains(summary.file())) {
                next.add(new RecordedRun(summary));
            }
        }
        next.sort(Comparator.comparing(Run::startedAt).reversed());
        all.setAll(next);
    }

    /// Reads a recording from wherever it lies, the project's or another; it is in the list and
    /// shown before `then` is called with it.
    ///
    /// @param unreadable told where nothing of it can be read
    public void open(Path file, Consumer<Run> then, Consumer<Throwable> unreadable) {
        Optional<Run> known = recordedIn(file);
        if (known.isPresent() && known.get().snapshot().get().isPresent()) {
            show(known.get());
            then.accept(known.get());
            return;
        }
        background.run(
                () -> RecordedRun.Content.read(file),
                content -> {
                    // The list may have been read meanwhile.
                    RecordedRun run =
                            recordedIn(file).orElse(null) instanceof RecordedRun recorded
                                    ? recorded
                                    : new RecordedRun(content.summary());
                    run.show(content);
                    if (!all.contains(run)) {
                        all.add(run);
                        FXCollections.sort(all, Comparator.comparing(Run::startedAt).reversed());
                    }
                    show(run);
                    then.accept(run);
                },
                unreadable);
    }

    private Optional<Run> recordedIn(Path file) {
        return all.stream().filter(run -> run.recording().equals(Optional.of(file))).findFirst();
    }

    /// Gives back the memory of a recorded run that is not looked at any more.
    public void release(Run run) {
        if (run instanceof RecordedRun recorded && !shown.get().equals(Optional.of(run))) {
            recorded.forget();
        }
    }

    // Starting

    /// Starts a query, records and shows it.
    public LiveRun start(Query query, String label, Listener listener) {
        LiveRun run = new LiveRun(query, label);
        all.addFirst(run);
        List<Run> ended = all.stream().filter(r -> r instanceof LiveRun && !r.running()).toList();
        if (ended.size() > KEPT) {
            all.remove(ended.getLast());
        }
        shown.set(Optional.of(run));
        follow(run, listener, recording.get());
        return run;
    }

    /// Starts a query that is no run of the user's own, such as a preview.
    public LiveRun startQuietly(Query query, String label, Listener listener) {
        LiveRun run = new LiveRun(query, label);
        follow(run, listener, Preferences.NO_RECORDING);
        return run;
    }

    private void follow(LiveRun run, Listener listener, Preferences.Recording wanted) {
        FrameMailbox<QuerySnapshot> mailbox = new FrameMailbox<>(run::show);
        Query query = run.query();
        SnapshotFeed feed =
                new SnapshotFeed(
                        query.id(),
                        snapshot -> {
                            listener.snapshot(snapshot);
                            mailbox.post(snapshot);
                        });
        query.subscribe(feed);
        CountDownLatch recorded = new CountDownLatch(1);
        if (wanted.enabled()) {
            recordings.add(recorded);
        }
        Instant startedAt = run.startedAt();
        background.run(
                () -> {
                    Optional<RunRecorder> recorder = record(query, startedAt, wanted);
                    recorder.ifPresent(r -> background.onFx(() -> run.recordedIn(r.file())));
                    query.start();
                    QueryOutcome outcome = query.outcome().join();
                    background.run(() -> finish(recorder, recorded, wanted), this::forget, failed);
                    return outcome instanceof QueryOutcome.Succeeded
                            ? new End(outcome, Optional.of(query.await()))
                            : new End(outcome, Optional.empty());
                },
                end -> {
                    run.ended(end.outcome);
                    switch (end.outcome) {
                        case QueryOutcome.Succeeded s ->
                                end.result.ifPresent(result -> listener.succeeded(run, result));
                        case QueryOutcome.Failed why -> {
                            listener.failed(run, why);
                            query.close();
                        }
                        case QueryOutcome.Cancelled c -> {
                            listener.cancelled(run);
                            query.close();
                        }
                    }
                    listener.ended(run);
                });
    }

    private Optional<RunRecorder> record(
            Query query, Instant startedAt, Preferences.Recording wanted) {
        if (!wanted.enabled()) {
            return Optional.empty();
        }
        try {
            RunRecorder recorder = archive.record(query.id(), startedAt);
            query.subscribe(recorder);
            return Optional.of(recorder);
        } catch (EngineException e) {
            // A full or read-only disk is no reason not to run.
            background.onFx(() -> failed.accept(e));
            return Optional.empty();
        }
    }

    /// Waits for the disk, makes room, and gives the recordings that went.
    private List<Path> finish(
            Optional<RunRecorder> recorder, CountDownLatch done, Preferences.Recording wanted) {
        try {
            if (recorder.isEmpty()) {
                return List.of();
            }
            archive.finish(recorder.get());
            return archive.trim(wanted.runs(), wanted.bytes());
        } finally {
            recordings.remove(done);
            done.countDown();
        }
    }

    private void forget(List<Path> gone) {
        all.removeIf(run -> run instanceof RecordedRun recorded && gone.contains(recorded.file()));
    }

    private record End(QueryOutcome outcome, Optional<QueryResult> result) {}
}
