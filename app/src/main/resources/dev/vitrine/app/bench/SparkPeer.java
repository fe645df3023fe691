import dev.vitrine.app.bench.PeerLoop;
import java.util.Iterator;
import java.util.function.Consumer;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/// Spark in local mode behind PeerLoop. Compiled when it is started: Spark is on the class path of its own process only.
public final class SparkPeer extends PeerLoop {
    private final SparkSession session;

    private SparkPeer(int cores, String folder) {
        session = SparkSession.builder()
                .appName("vitrine bench")
                .master("local[" + cores + "]")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.driver.maxResultSize", "0")
                .config("spark.sql.shuffle.partitions", 2 * cores)
                .config("spark.local.dir", folder)
                .config("spark.sql.warehouse.dir", folder + "/warehouse")
                .getOrCreate();
        session.sparkContext().setLogLevel("ERROR");
    }

    /// Arguments: cores, a folder for temporary files; after them, statements of which the last one's rows are printed before
    /// the process ends.
    public static void main(String[] args) throws Exception {
        try (SparkPeer peer = new SparkPeer(Integer.parseInt(args[0]), args[1])) {
            if (args.length == 2) {
                peer.serve();
                return;
            }
            for (int i = 2; i < args.length - 1; i++) {
                peer.run(args[i]);
            }
            peer.fetch(args[args.length - 1], row -> System.out.println(row[0]));
        }
    }

    @Override
    protected void run(String sql) {
        session.sql(sql);
    }

    @Override
    protected long fetch(String sql, Consumer<Object[]> rows) {
        return give(session.sql(sql).collectAsList().iterator(), rows);
    }

    @Override
    protected long stream(String sql, Consumer<Object[]> rows) {
        return give(session.sql(sql).toLocalIterator(), rows);
    }

    private static long give(Iterator<Row> all, Consumer<Object[]> rows) {
        long count = 0;
        while (all.hasNext()) {
            Row row = all.next();
            Object[] values = new Object[row.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = row.get(i);
            }
            rows.accept(values);
            count++;
        }
        return count;
    }

    @Override
    protected long materialize(String sql) {
        session.sql(sql).write().format("noop").mode("overwrite").save();
        return -1;
    }

    @Override
    public void close() {
        session.stop();
    }
}
