package dev.vitrine.engine.settings;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// An immutable set of keys and values. Unknown keys are kept, not refused.
public final class Settings {
    public static final Setting ANSI =
            new Setting(
                    "spark.sql.ansi.enabled",
                    "true",
                    "Overflow, bad casts and division by zero are errors.");
    public static final Setting TIME_ZONE =
            new Setting(
                    "spark.sql.session.timeZone",
                    ZoneId.systemDefault().getId(),
                    "Zone in which timestamps are read and shown.");
    public static final Setting TIMESTAMP_TYPE =
            new Setting(
                    "spark.sql.timestampType",
                    "TIMESTAMP_LTZ",
                    "What TIMESTAMP means: TIMESTAMP_LTZ, or TIMESTAMP_NTZ without a zone.");
    public static final Setting CHAR_PADDING =
            new Setting(
                    "spark.sql.readSideCharPadding",
                    "true",
                    "Whether what is read of CHAR columns is filled up with blanks.");
    public static final Setting ONE_SET_LEVEL =
            new Setting(
                    "spark.sql.legacy.setopsPrecedence.enabled",
                    "false",
                    "Whether INTERSECT binds no tighter than UNION and EXCEPT.");
    public static final Setting LEGACY_INTERVALS =
            new Setting(
                    "spark.sql.legacy.interval.enabled",
                    "false",
                    "Whether intervals are of type INTERVAL: months, days and seconds in one.");
    public static final Setting RECURSION_LEVELS =
            new Setting(
                    "spark.sql.cteRecursionLevelLimit",
                    "100",
                    "How many times a recursive query may add rows; -1 for without end.");
    public static final Setting RECURSION_ROWS =
            new Setting(
                    "spark.sql.cteRecursionRowLimit",
                    "1000000",
                    "Rows that a recursive query may give; -1 for without end.");
    public static final Setting SHUFFLE_PARTITIONS =
            new Setting(
                    "spark.sql.shuffle.partitions",
                    "8",
                    "Partitions that an exchange makes; more where many rows are expected, unless set.");
    public static final Setting MAX_PARTITION_BYTES =
            new Setting(
                    "spark.sql.files.maxPartitionBytes",
                    "33554432",
                    "Bytes of a file that one task reads.");
    public static final Setting BROADCAST_THRESHOLD =
            new Setting(
                    "spark.sql.autoBroadcastJoinThreshold",
                    "104857600",
                    "Largest estimated build side that is sent to all tasks, in bytes; -1 for never.");
    public static final Setting RUNTIME_FILTERS =
            new Setting(
                    "spark.sql.optimizer.runtimeFilter.semiJoinReduction.enabled",
                    "true",
                    "Scans behind an aggregate or an exchange are thinned out by the small side of a"
                            + " join above.");
    public static final Setting REUSE_EXCHANGES =
            new Setting(
                    "spark.sql.exchange.reuse",
                    "true",
                    "Exchanges that spread the same rows in the same way are filled once.");
    public static final Setting EXCLUDED_RULES =
            new Setting(
                    "spark.sql.optimizer.excludedRules",
                    "",
                    "Names of optimizer rules that are switched off, with commas.");
    public static final Setting WINDOW_GROUP_LIMIT =
            new Setting(
                    "spark.sql.optimizer.windowGroupLimitThreshold",
                    "1000",
                    "Up to how many rows of a window's partition are kept apart before they are"
                            + " sorted; -1 for none.");
    public static final Setting CASE_SENSITIVE =
            new Setting(
                    "spark.sql.caseSensitive",
                    "false",
                    "Whether names that differ in letter case differ.");
    public static final Setting CODEGEN =
            new Setting(
                    "spark.sql.codegen.wholeStage",
                    "true",
                    "Compile stages; false interprets them.");
    public static final Setting CODEGEN_MIN_ROWS =
            new Setting(
                    "vitrine.codegen.minRows",
                    "20000",
                    "Stages expected to read fewer rows are interpreted.");
    public static final Setting OPTIMIZER =
            new Setting(
                    "vitrine.optimizer.enabled",
                    "true",
                    "Whether the optional optimizer rules run.");
    public static final Setting BATCH_ROWS =
            new Setting("vitrine.batch.rows", "65536", "Rows of a batch at most.");
    public static final Setting MEMORY_LIMIT =
            new Setting(
                    "vitrine.memory.limit",
                    "0",
                    "Bytes of off-heap memory for a session; 0 takes half of the machine's.");
    public static final Setting MEMORY_FRACTION =
            new Setting(
                    "spark.memory.fraction",
                    "0.9",
                    "Share of a session's memory that cached rows may take as long as nothing runs;"
                            + " read when a session opens.");
    public static final Setting STORAGE_FRACTION =
            new Setting(
                    "spark.memory.storageFraction",
                    "0.5",
                    "Share of that which cached rows need not give back to what runs; read when a"
                            + " session opens.");
    public static final Setting CHECKPOINT_DIR =
            new Setting("spark.checkpoint.dir", "", "Folder for the rows of checkpoints.");
    public static final Setting LOCAL_DIR =
            new Setting(
                    "spark.local.dir",
                    System.getProperty("java.io.tmpdir", "."),
                    "Folder for rows that do not fit memory; read when a session opens.");
    public static final Setting MASTER =
            new Setting(
                    "spark.master",
                    "local[*]",
                    "Where stages run: local[slots], local[*], local[slots,failures] or"
                            + " local-cluster[executors,slots,MiB]; read when a session opens.");
    public static final Setting MAX_TASK_FAILURES =
            new Setting(
                    "spark.task.maxFailures", "4", "Attempts of a task before its query fails.");
    public static final Setting MAX_STAGE_ATTEMPTS =
            new Setting(
                    "spark.stage.maxConsecutiveAttempts",
                    "4",
                    "How many times in a row a stage may miss what it reads before its query fails.");

    public static final Setting WAREHOUSE_DIR =
            new Setting(
                    "spark.sql.warehouse.dir",
                    "spark-warehouse",
                    "Folder of tables and of what is known about them; read when a session opens.");
    public static final Setting STORE_ASSIGNMENT =
            new Setting(
                    "spark.sql.storeAssignmentPolicy",
                    "ANSI",
                    "What may be stored in a column of another type: ANSI, STRICT or LEGACY.");
    public static final Setting PARTITION_OVERWRITE =
            new Setting(
                    "spark.sql.sources.partitionOverwriteMode",
                    "STATIC",
                    "Whether INSERT OVERWRITE replaces all partitions (STATIC) or those it writes to"
                            + " (DYNAMIC).");
    public static final Setting DEFAULT_FORMAT =
            new Setting(
                    "spark.sql.sources.default", "parquet", "The format of tables that name none.");

    public static final Setting EXECUTOR_REPLACEMENTS =
            new Setting(
                    "spark.deploy.maxExecutorRetries",
                    "10",
                    "How many lost executors a local cluster replaces; read when a session opens.");
    public static final Setting HEARTBEAT_INTERVAL =
            new Setting(
                    "spark.executor.heartbeatInterval",
                    "10s",
                    "Time between heartbeats of an executor; read when a session opens.");
    public static final Setting NETWORK_TIMEOUT =
            new Setting(
                    "spark.network.timeout",
                    "120s",
                    "Time without heartbeats after which an executor is lost; read when a session"
                            + " opens.");
    public static final Setting SCHEDULER_MODE =
            new Setting(
                    "spark.scheduler.mode",
                    "FIFO",
                    "How queries share slots: FIFO, or FAIR by pools; read when a session opens.");
    public static final Setting SCHEDULER_POOL =
            new Setting("spark.scheduler.pool", "default", "The pool of queries made from now on.");
    public static final Setting JOB_GROUP =
            new Setting(
                    "spark.jobGroup.id",
                    "",
                    "A name under which queries can be cancelled together.");
    public static final Setting JOB_DESCRIPTION =
            new Setting("spark.job.description", "", "What queries are for, for people.");
    public static final Setting EXCLUDE =
            new Setting(
                    "spark.excludeOnFailure.enabled",
                    "false",
                    "Whether executors on which tasks fail get no more tasks of that stage.");
    public static final Setting EXCLUDE_STAGE_FAILURES =
            new Setting(
                    "spark.excludeOnFailure.stage.maxFailedTasksPerExecutor",
                    "2",
                    "Tasks of a stage that fail on an executor before that stage avoids it.");
    public static final Setting EXCLUDE_QUERY_FAILURES =
            new Setting(
                    "spark.excludeOnFailure.application.maxFailedTasksPerExecutor",
                    "2",
                    "Tasks of a query that fail on an executor before the query avoids it.");
    public static final Setting SPECULATION =
            new Setting(
                    "spark.speculation",
                    "false",
                    "Whether tasks that take long are also run on another executor.");
    public static final Setting SPECULATION_QUANTILE =
            new Setting(
                    "spark.speculation.quantile",
                    "0.9",
                    "Share of a stage's tasks that have to be done before others take long.");
    public static final Setting SPECULATION_MULTIPLIER =
            new Setting(
                    "spark.speculation.multiplier", "3", "How many times the median time is long.");
    public static final Setting SPECULATION_MIN_TIME =
            new Setting(
                    "spark.speculation.minTaskRuntime", "100ms", "What is never taken to be long.");
    public static final Setting FAULTS =
            new Setting(
                    "vitrine.faults",
                    "",
                    "Faults to provoke in queries made from now on: kill after=2; fail p=0.1"
                            + " attempt=0 stage=1; lose stage=0 after=3; lose cache=t partition=1 after=1; slow executor=executor-1"
                            + " delay=50ms; shrink bytes=65536 after=1; seed=7.");

    public static final Setting ADAPTIVE =
            new Setting(
                    "spark.sql.adaptive.enabled",
                    "true",
                    "Whether stages are changed by what those before them turned out to give.");
    public static final Setting ADAPTIVE_COALESCE =
            new Setting(
                    "spark.sql.adaptive.coalescePartitions.enabled",
                    "true",
                    "Whether one task reads several small partitions.");
    public static final Setting ADAPTIVE_PARALLELISM_FIRST =
            new Setting(
                    "spark.sql.adaptive.coalescePartitions.parallelismFirst",
                    "true",
                    "Whether partitions stay apart above minPartitionSize, not only above the"
                            + " advisory size.");
    public static final Setting ADAPTIVE_LEAST_PARTITION_BYTES =
            new Setting(
                    "spark.sql.adaptive.coalescePartitions.minPartitionSize",
                    "1m",
                    "Bytes up to which partitions are read together, with parallelismFirst.");
    public static final Setting ADAPTIVE_PARTITION_BYTES =
            new Setting(
                    "spark.sql.adaptive.advisoryPartitionSizeInBytes",
                    "64m",
                    "Bytes up to which partitions are read together, and of the parts of a skewed"
                            + " one.");
    public static final Setting ADAPTIVE_SKEW =
            new Setting(
                    "spark.sql.adaptive.skewJoin.enabled",
                    "true",
                    "Whether several tasks join a partition that is far larger than others.");
    public static final Setting ADAPTIVE_SKEW_FACTOR =
            new Setting(
                    "spark.sql.adaptive.skewJoin.skewedPartitionFactor",
                    "5.0",
                    "How many times the median size is far larger.");
    public static final Setting ADAPTIVE_SKEW_BYTES =
            new Setting(
                    "spark.sql.adaptive.skewJoin.skewedPartitionThresholdInBytes",
                    "256m",
                    "Bytes that a partition must have to be far larger.");
    public static final Setting ADAPTIVE_BROADCAST_THRESHOLD =
            new Setting(
                    "spark.sql.adaptive.autoBroadcastJoinThreshold",
                    "",
                    "Largest build side that is sent to all tasks once its size is known, in bytes;"
                            + " empty for that of spark.sql.autoBroadcastJoinThreshold.");

    private static final List<Setting> KNOWN =
            List.of(
                    ANSI,
                    TIME_ZONE,
                    TIMESTAMP_TYPE,
                    LEGACY_INTERVALS,
                    RECURSION_LEVELS,
                    RECURSION_ROWS,
                    SHUFFLE_PARTITIONS,
                    MAX_PARTITION_BYTES,
                    BROADCAST_THRESHOLD,
                    ADAPTIVE,
                    ADAPTIVE_COALESCE,
                    ADAPTIVE_PARALLELISM_FIRST,
                    ADAPTIVE_LEAST_PARTITION_BYTES,
                    ADAPTIVE_PARTITION_BYTES,
                    ADAPTIVE_SKEW,
                    ADAPTIVE_SKEW_FACTOR,
                    ADAPTIVE_SKEW_BYTES,
                    ADAPTIVE_BROADCAST_THRESHOLD,
                    RUNTIME_FILTERS,
                    REUSE_EXCHANGES,
                    EXCLUDED_RULES,
                    WINDOW_GROUP_LIMIT,
                    CASE_SENSITIVE,
                    CODEGEN,
                    CODEGEN_MIN_ROWS,
                    OPTIMIZER,
                    BATCH_ROWS,
                    MEMORY_LIMIT,
                    MEMORY_FRACTION,
                    STORAGE_FRACTION,
                    CHECKPOINT_DIR,
                    LOCAL_DIR,
                    MASTER,
                    MAX_TASK_FAILURES,
                    MAX_STAGE_ATTEMPTS,
                    WAREHOUSE_DIR,
                    STORE_ASSIGNMENT,
                    PARTITION_OVERWRITE,
                    DEFAULT_FORMAT,
                    EXECUTOR_REPLACEMENTS,
                    HEARTBEAT_INTERVAL,
                    NETWORK_TIMEOUT,
                    SCHEDULER_MODE,
                    SCHEDULER_POOL,
                    JOB_GROUP,
                    JOB_DESCRIPTION,
                    EXCLUDE,
                    EXCLUDE_STAGE_FAILURES,
                    EXCLUDE_QUERY_FAILURES,
                    SPECULATION,
                    SPECULATION_QUANTILE,
                    SPECULATION_MULTIPLIER,
                    SPECULATION_MIN_TIME,
                    FAULTS);
    private static final Pattern TIME = Pattern.compile("(\\d{1,12})(|ms|s|m|min|h)");
    private static final Pattern BYTES = Pattern.compile("(-?\\d{1,19})(|b|kb?|mb?|gb?|tb?)");
    private static final Settings DEFAULTS = new Settings(Map.of());

    private final Map<String, String> values;

    private Settings(Map<String, String> values) {
        this.values = Map.copyOf(values);
    }

    public static Settings defaults() {
        return DEFAULTS;
    }

    /// Every setting the engine reads.
    public static List<Setting> known() {
        return KNOWN;
    }

    /// These settings with `key` set; a bad value of a known key is an error.
    public Settings with(String key, String value) {
        Map<String, String> changed = new TreeMap<>(values);
        changed.put(key, value);
        Settings settings = new Settings(changed);
        settings.check(key);
        return settings;
    }

    public Settings without(String key) {
        Map<String, String> changed = new TreeMap<>(values);
        changed.remove(key);
        return new Settings(changed);
    }

    /// What was set by the user, sorted by key.
    public Map<String, String> explicit() {
        return new TreeMap<>(values);
    }

    public String get(Setting setting) {
        return values.getOrDefault(setting.key(), setting.defaultValue());
    }

    /// The value of any key, known or not, or `fallback`.
    public String get(String key, String fallback) {
        return values.getOrDefault(
                key,
                KNOWN.stream()
                        .filter(setting -> setting.key().equals(key))
                        .map(Setting::defaultValue)
                        .findFirst()
                        .orElse(fallback));
    }

    public boolean getBoolean(Setting setting) {
        return switch (get(setting).toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw invalid(setting.key(), get(setting), "true or false");
        };
    }

    public long getLong(Setting setting) {
        try {
            return Long.parseLong(get(setting).trim());
        } catch (NumberFormatException e) {
            throw invalid(setting.key(), get(setting), "a whole number");
        }
    }

    public int getInt(Setting setting) {
        return Math.toIntExact(getLong(setting));
    }

    public double getDouble(Setting setting) {
        try {
            return Double.parseDouble(get(setting).trim());
        } catch (NumberFormatException e) {
            throw invalid(setting.key(), get(setting), "a number");
        }
    }

    /// A time such as `100ms`, `10s` or `2min`, in milliseconds; a number alone is milliseconds.
    public long getMillis(Setting setting) {
        Matcher time = TIME.matcher(get(setting).strip());
        if (!time.matches()) {
            throw invalid(setting.key(), get(setting), "a time such as 100ms, 10s or 2min");
        }
        long number = Long.parseLong(time.group(1));
        return switch (time.group(2)) {
            case "s" -> number * 1_000;
            case "m", "min" -> number * 60_000;
            case "h" -> number * 3_600_000;
            default -> number;
        };
    }

    /// A size such as `64m`, `64MB` or `1g`, in bytes; a number alone is bytes.
    public long getBytes(Setting setting) {
        Matcher size = BYTES.matcher(get(setting).strip().toLowerCase(Locale.ROOT));
        if (!size.matches()) {
            throw invalid(setting.key(), get(setting), "a size in bytes such as 65536, 64m or 1g");
        }
        try {
            long number = Long.parseLong(size.group(1));
            int power = size.group(2).isEmpty() ? 0 : "bkmgt".indexOf(size.group(2).charAt(0));
            return Math.multiplyExact(number, 1L << 10 * power);
        } catch (ArithmeticException | NumberFormatException e) {
            throw invalid(setting.key(), get(setting), "a size below 8 EiB");
        }
    }

    /// The values of a comma-separated list, without blanks.
    public Set<String> getSet(Setting setting) {
        return Arrays.stream(get(setting).split(","))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    public ZoneId timeZone() {
        try {
            return ZoneId.of(get(TIME_ZONE));
        } catch (DateTimeException e) {
            throw new EngineException(
                    ErrorCode.INVALID_CONF_VALUE__TIME_ZONE,
                    Map.of("confName", TIME_ZONE.key(), "confValue", "'" + get(TIME_ZONE) + "'"));
        }
    }

    /// The largest build side that is broadcast once its size is known, in bytes; -1 for none.
    public long adaptiveBroadcastBytes() {
        return getBytes(
                get(ADAPTIVE_BROADCAST_THRESHOLD).isBlank()
                        ? BROADCAST_THRESHOLD
                        : ADAPTIVE_BROADCAST_THRESHOLD);
    }

    /// Whether TIMESTAMP means TIMESTAMP_NTZ.
    public boolean localTimestamps() {
        return switch (get(TIMESTAMP_TYPE).toUpperCase(Locale.ROOT)) {
            case "TIMESTAMP_LTZ" -> false;
            case "TIMESTAMP_NTZ" -> true;
            default ->
                    throw invalid(
                            TIMESTAMP_TYPE.key(),
                            get(TIMESTAMP_TYPE),
                            "TIMESTAMP_LTZ or TIMESTAMP_NTZ");
        };
    }

    private void check(String key) {
        switch (key) {
            case "spark.sql.ansi.enabled" -> getBoolean(ANSI);
            case "spark.sql.caseSensitive" -> getBoolean(CASE_SENSITIVE);
            case "spark.sql.codegen.wholeStage" -> getBoolean(CODEGEN);
            case "spark.sql.session.timeZone" -> timeZone();
            case "spark.sql.timestampType" -> localTimestamps();
            case "spark.sql.legacy.setopsPrecedence.enabled" -> getBoolean(ONE_SET_LEVEL);
            case "spark.sql.shuffle.partitions" -> atLeastOne(SHUFFLE_PARTITIONS);
            case "spark.sql.files.maxPartitionBytes" -> atLeastOne(MAX_PARTITION_BYTES);
            case "spark.stage.maxConsecutiveAttempts" -> atLeastOne(MAX_STAGE_ATTEMPTS);
            case "spark.task.maxFailures" -> atLeastOne(MAX_TASK_FAILURES);
            case "spark.sql.legacy.interval.enabled" -> getBoolean(LEGACY_INTERVALS);
            case "spark.sql.cteRecursionLevelLimit" -> getLong(RECURSION_LEVELS);
            case "spark.sql.cteRecursionRowLimit" -> getLong(RECURSION_ROWS);
            case "vitrine.batch.rows" -> atLeastOne(BATCH_ROWS);
            case "vitrine.codegen.minRows" -> getLong(CODEGEN_MIN_ROWS);
            case "vitrine.optimizer.enabled" -> getBoolean(OPTIMIZER);
            case "spark.executor.heartbeatInterval" -> getMillis(HEARTBEAT_INTERVAL);
            case "spark.network.timeout" -> getMillis(NETWORK_TIMEOUT);
            case "spark.deploy.maxExecutorRetries" -> getInt(EXECUTOR_REPLACEMENTS);
            case "spark.scheduler.mode" -> oneOf(SCHEDULER_MODE, "FIFO", "FAIR");
            case "spark.excludeOnFailure.enabled" -> getBoolean(EXCLUDE);
            case "spark.excludeOnFailure.stage.maxFailedTasksPerExecutor" ->
                    atLeastOne(EXCLUDE_STAGE_FAILURES);
            case "spark.excludeOnFailure.application.maxFailedTasksPerExecutor" ->
                    atLeastOne(EXCLUDE_QUERY_FAILURES);
            case "spark.speculation" -> getBoolean(SPECULATION);
            case "spark.speculation.quantile" -> getDouble(SPECULATION_QUANTILE);
            case "spark.speculation.multiplier" -> getDouble(SPECULATION_MULTIPLIER);
            case "spark.speculation.minTaskRuntime" -> getMillis(SPECULATION_MIN_TIME);
            case "spark.sql.autoBroadcastJoinThreshold" -> getBytes(BROADCAST_THRESHOLD);
            case "spark.sql.adaptive.enabled" -> getBoolean(ADAPTIVE);
            case "spark.sql.adaptive.coalescePartitions.enabled" -> getBoolean(ADAPTIVE_COALESCE);
            case "spark.sql.adaptive.coalescePartitions.parallelismFirst" ->
                    getBoolean(ADAPTIVE_PARALLELISM_FIRST);
            case "spark.sql.adaptive.coalescePartitions.minPartitionSize" ->
                    getBytes(ADAPTIVE_LEAST_PARTITION_BYTES);
            case "spark.sql.adaptive.advisoryPartitionSizeInBytes" ->
                    getBytes(ADAPTIVE_PARTITION_BYTES);
            case "spark.sql.adaptive.skewJoin.enabled" -> getBoolean(ADAPTIVE_SKEW);
            case "spark.sql.adaptive.skewJoin.skewedPartitionFactor" ->
                    getDouble(ADAPTIVE_SKEW_FACTOR);
            case "spark.sql.adaptive.skewJoin.skewedPartitionThresholdInBytes" ->
                    getBytes(ADAPTIVE_SKEW_BYTES);
            case "spark.sql.adaptive.autoBroadcastJoinThreshold" -> adaptiveBroadcastBytes();
            case "vitrine.memory.limit" -> getLong(MEMORY_LIMIT);
            case "spark.memory.fraction" -> share(MEMORY_FRACTION);
            case "spark.memory.storageFraction" -> share(STORAGE_FRACTION);
            default -> {}
        }
    }

    private void oneOf(Setting setting, String... values) {
        if (Arrays.stream(values).noneMatch(get(setting)::equalsIgnoreCase)) {
            throw invalid(setting.key(), get(setting), String.join(" or ", values));
        }
    }

    private void share(Setting setting) {
        if (!(getDouble(setting) >= 0 && getDouble(setting) <= 1)) {
            throw invalid(setting.key(), get(setting), "a number from 0 to 1");
        }
    }

    private void atLeastOne(Setting setting) {
        if (getBytes(setting) < 1) {
            throw invalid(setting.key(), get(setting), "1 or more");
        }
    }

    private static EngineException invalid(String key, String value, String expected) {
        return new EngineException(
                ErrorCode.INVALID_SETTING,
                Map.of("key", key, "value", "'" + value + "'", "expected", expected));
    }
}
