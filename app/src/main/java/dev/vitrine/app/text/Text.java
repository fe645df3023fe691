package dev.vitrine.app.text;

/// Everything the window says. The texts themselves are in `text.properties`, by method name.
public interface Text {
    // Menus
    String menuFile();

    String menuEdit();

    String menuRun();

    String menuCanvas();

    String menuView();

    String menuHelp();

    // Commands
    String newPipeline();

    String newQuery();

    String openProject();

    String save();

    String closeTab();

    String reopenTab();

    String exit();

    String undo();

    String undoWhat(String what);

    String redo();

    String redoWhat(String what);

    String cut();

    String copy();

    String paste();

    String duplicate();

    String delete();

    String selectAll();

    String disable();

    String format();

    String run();

    String runStatement();

    String stop();

    String addNode();

    String arrange();

    String zoomIn();

    String zoomOut();

    String zoomReset();

    String zoomFit();

    String commandPalette();

    String goTo();

    String switchTheme();

    String resetLayout();

    String hideToolWindow();

    String nextProblem();

    String keyHelp();

    String refresh();

    String toolWindow(String title);

    // Palette
    String paletteHint();

    String goToHint();

    String nothingFound();

    // Tool windows
    String project();

    String catalog();

    String palette();

    String outline();

    String inspector();

    String results();

    String plan();

    String optimizer();

    String stages();

    String code();

    String problems();

    String runs();

    String log();

    // Empty states
    String emptyResults();

    String emptyPlan();

    String emptyOptimizer();

    String emptyStages();

    String emptyCode();

    String planEstimated();

    String planActual();

    String optimizerNoChange();

    String optimizerBefore();

    String optimizerAfter();

    String optimizerSteps();

    String optimizerRules();

    String optimizerPrevious();

    String optimizerNext();

    String optimizerSwitch();

    String stageWord();

    String tasksWord();

    String codeInterpreted();

    String codeCached();

    String emptyProblems();

    String emptyRuns();

    String emptyLog();

    String emptyInspector();

    String emptyOutline();

    String emptyCatalog();

    String emptyEditor();

    String emptyCanvas();

    // Canvas
    String searchNodes();

    String rowsCount(long rows);

    String chooseNode();

    String problemCount(int count);

    String zoomPercent(int percent);

    String selectionCount(int count);

    // Form
    String nodeName();

    String columnsTab(int count);

    String settings();

    String about();

    String waitsForInputs();

    String addRow();

    String addAllColumns();

    String removeRow();

    String columnName();

    String valueHint();

    String optionHint();

    String leftColumn();

    String rightColumn();

    String columnHint();

    String newNameHint();

    String typeHint();

    String descending();

    String ascending();

    String browse();

    String tableHint();

    String nullable();

    String notNull();

    // Results
    String previewOf(String node);

    String resultNumber(int number);

    String rowsShown(long rows);

    String rowsOfFirst(long rows);

    String oneRow();

    String columnsShown(int columns);

    String elapsed(String time);

    String bytesRead(String bytes);

    String staleResult();

    String untrustedCode();

    String allowCode();

    String loading();

    String copyAsTsv();

    String copyAsTsvHeader();

    String copyAsCsv();

    String copyAsJson();

    String copyAsMarkdown();

    String copiedRows(long rows);

    String cancelledRun();

    String commandDone();

    String errorHint(String hint);

    String copyError();

    // Status bar
    String ready();

    String running(String what);

    String runFinished(String what, String time);

    String runFailed(String what);

    String runInterrupted(String name);

    String runCancelled(String what);

    String cancelRun();

    String heap(String used, String limit);

    String engineMemory(String used, String limit);

    String coresBusy(int busy, int all);

    String caretAt(int line, int column);

    String tasksDone(int done, int all);

    // Runs
    String runsSummary(int stages, int tasks);

    // Editor
    String functionWord();

    String tableWord();

    String columnWord();

    String keywordWord();

    // Project
    String newPipelineName();

    String unexpected(String what);

    // Settings and recorded runs
    String openSettings();

    String toggleMinimap();

    String floatToolWindow();

    String settingsTitle();

    String searchSettings();

    String settingsAppearance();

    String settingsEditing();

    String settingsEngine();

    String settingsRuns();

    String settingsKeymap();

    String settingBetween(int from, int to);

    String settingTheme();

    String settingThemeHelp();

    String themeLight();

    String themeDark();

    String settingFontSize();

    String settingFontSizeHelp();

    String settingLivePreview();

    String settingLivePreviewHelp();

    String settingPreviewRows();

    String settingPreviewRowsHelp();

    String settingMinimap();

    String settingMinimapHelp();

    String settingSlots();

    String settingSlotsHelp();

    String settingMemory();

    String settingMemoryHelp();

    String settingRecord();

    String settingRecordHelp();

    String settingKeepRuns();

    String settingKeepRunsHelp();

    String settingKeepMegabytes();

    String settingKeepMegabytesHelp();

    String keymapName(String name);

    String searchKeys();

    String keymapCommand();

    String keymapKeys();

    String keymapId();

    String runState();

    String runName();

    String runStarted();

    String runDuration();

    String runRows();

    String runOrigin();

    String runThisWindow();

    String runRecorded();

    String stateRunning();

    String stateDone();

    String stateFailed();

    String stateCancelled();

    String stateInterrupted();

    String recordingIncomplete();

    String recordingDamaged(int lines, int first);

    String runText();

    String runSettings();

    String runFile();

    String runMaster();

    String runRead();

    String runRuleSteps(int steps);

    // Edges
    String edgeTitle(String from, String to);

    String edgeKind();

    String moreColumns(int count);

    String pushDownColumns(int read, int all);

    String pushDownFilters(String filters);

    String pushDownParts(int read, int all);

    String shuffleHash(int partitions);

    String shuffleNumbered(int partitions);

    String shuffleSingle();

    String shuffleBroadcast();

    String shuffleRoundRobin(int partitions);

    String shuffleReused();

    String edgePlan();

    String columnsUnknown();

    String profileOfFirst(long rows);

    String profileOfAll(long rows);

    String profileCounts(String nulls, long distinct);

    String profileBin(String from, String to, long rows);

    String profileNoNull();

    String profileNulls(String share);

    String profileRange(String min, String max);

    // Previews
    String previewFirst();

    String previewRandom();

    String previewAll();

    String previewRowsChoice();

    String previewCompare();

    String previewWritesNothing();

    String previewSameColumns();

    String previewAdded(String names);

    String previewRemoved(String names);

    String previewRetyped(String columns);

    String previewRowsExact(String before, String after, long more);

    String previewRowsSome(String before, String after);

    // Editing
    String pasteConnected();

    String findNode();

    String alignLeft();

    String alignTop();

    String distributeAcross();

    String distributeDown();

    String note();

    String noteHint();
}
