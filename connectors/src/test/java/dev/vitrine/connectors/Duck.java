package dev.vitrine.connectors;

import dev.vitrine.engine.types.Binary;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Struct;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// DuckDB in memory: it makes files for the tests and says what is in them, boxed as the engine's
/// `DataType` says.
public final class Duck implements AutoCloseable {
    private final Connection connection;

    public Duck() {
        try {
            connection = DriverManager.getConnection("jdbc:duckdb:");
            run("SET TimeZone = 'UTC'");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public void run(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    public List<List<@Nullable Object>> rows(String sql) {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<List<@Nullable Object>> rows = new ArrayList<>();
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                List<@Nullable Object> row = new ArrayList<>(columns);
                for (int i = 1; i <= columns; i++) {
                    row.add(value(result.getObject(i)));
                }
                rows.add(row);
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private static @Nullable Object value(@Nullable Object raw) throws SQLException {
        return switch (raw) {
            case null -> null;
            case LocalDate date -> Math.toIntExact(date.toEpochDay());
            case java.sql.Date date -> Math.toIntExact(date.toLocalDate().toEpochDay());
            case LocalDateTime time -> micros(time);
            case Timestamp time -> micros(time.toLocalDateTime());
            case OffsetDateTime time ->
                    micros(time.atZoneSameInstant(ZoneOffset.UTC).toLocalDateTime());
            case LocalTime time -> time.toNanoOfDay() / 1_000;
            case BigInteger big -> new BigDecimal(big);
            case UUID uuid -> uuid.toString();
            case Blob blob -> Binary.copyOf(blob.getBytes(1, (int) blob.length()));
            case byte[] bytes -> Binary.copyOf(bytes);
            case Struct struct -> list(struct.getAttributes());
            case Array array -> list((Object[]) array.getArray());
            case Map<?, ?> map -> {
                Map<@Nullable Object, @Nullable Object> entries = new LinkedHashMap<>();
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    entries.put(value(entry.getKey()), value(entry.getValue()));
                }
                yield entries;
            }
            default -> raw;
        };
    }

    private static List<@Nullable Object> list(@Nullable Object[] items) throws SQLException {
        List<@Nullable Object> values = new ArrayList<>(items.length);
        for (Object item : items) {
            values.add(value(item));
        }
        return values;
    }

    private static long micros(LocalDateTime time) {
        return ChronoUnit.MICROS.between(LocalDateTime.of(1970, 1, 1, 0, 0), time);
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
