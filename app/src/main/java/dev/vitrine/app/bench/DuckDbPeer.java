package dev.vitrine.app.bench;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// DuckDB behind [PeerLoop]. Its JDBC driver is on the class path of this process only.
public final class DuckDbPeer extends PeerLoop {
    private final Connection connection;
    private final Statement statement;

    private DuckDbPeer(int threads, String memoryBytes, String temporary) throws SQLException {
        connection = DriverManager.getConnection("jdbc:duckdb:");
        statement = connection.createStatement();
        run("SET threads TO " + threads);
        run("SET default_null_order = 'nulls_first_on_asc_last_on_desc'");
        run("SET temp_directory = '" + temporary.replace("'", "''") + "'");
        if (!memoryBytes.equals("0")) {
            run("SET memory_limit = '" + memoryBytes + "B'");
        }
    }

    /// Arguments: threads, bytes of memory at most (0 for DuckDB's default), a folder for spilling;
    /// after them, statements of which the last one's rows are printed before the process ends.
    public static void main(String[] args) throws Exception {
        try (DuckDbPeer peer = new DuckDbPeer(Integer.parseInt(args[0]), args[1], args[2])) {
            if (args.length == 3) {
                peer.serve();
                return;
            }
            for (int i = 3; i < args.length - 1; i++) {
                peer.run(args[i]);
            }
            peer.fetch(args[args.length - 1], row -> System.out.println(row[0]));
        }
    }

    @Override
    protected void run(String sql) throws SQLException {
        statement.execute(sql);
    }

    @Override
    protected long fetch(String sql, Consumer<@Nullable Object[]> rows) throws SQLException {
        try (ResultSet result = statement.executeQuery(sql)) {
            int columns = result.getMetaData().getColumnCount();
            long count = 0;
            while (result.next()) {
                @Nullable Object[] row = new @Nullable Object[columns];
                for (int i = 0; i < columns; i++) {
                    row[i] = result.getObject(i + 1);
                }
                rows.accept(row);
                count++;
            }
            return count;
        }
    }

    @Override
    protected long materialize(String sql) throws SQLException {
        run("CREATE OR REPLACE TEMP TABLE vitrine_result AS " + sql);
        return -1;
    }

    @Override
    public void close() throws IOException {
        try (connection) {
            statement.close();
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }
}
