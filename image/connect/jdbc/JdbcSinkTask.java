package pipeline.jdbc;

import io.debezium.connector.jdbc.JdbcSinkConnectorTask;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes through a task of Debezium's. That fails for good at the first row that the database refuses, and whatever comes
 * after it in the topic waits for ever; Debezium has dead letters from 3.7 on. This one writes the records of a batch that
 * failed again, each alone, which leads to the same rows, and hands over those that are refused for what is in them. What
 * fails for another reason (no connection, no right, no such table) fails the task, as it does with Debezium: nothing is lost.
 *
 * <p>How far it is goes by what {@code put} has come through with. Debezium's own account of that is not asked.
 */
public final class JdbcSinkTask extends SinkTask {

    private static final Logger LOGGER = LoggerFactory.getLogger(JdbcSinkTask.class);

    private Map<String, String> config;
    private ErrantRecordReporter deadLetters;
    private JdbcSinkConnectorTask writer;

    @Override
    public String version() {
        return new JdbcSinkConnectorTask().version();
    }

    @Override
    public void start(Map<String, String> properties) {
        config = properties;
        deadLetters = context.errantRecordReporter();
        begin();
    }

    @Override
    public void put(Collection<SinkRecord> records) {
        Throwable failure = write(records);
        if (failure == null) {
            return;
        }
        if (deadLetters == null || !isOfARow(failure)) {
            throw failed(failure);
        }
        LOGGER.warn("A row was refused; writing {} records again, one by one", records.size());
        for (SinkRecord record : records) {
            Throwable refusal = write(List.of(record));
            if (refusal != null && !isOfARow(refusal)) {
                throw failed(refusal);
            }
            if (refusal != null) {
                handOver(record, refusal);
            }
        }
    }

    @Override
    public void stop() {
        if (writer != null) {
            writer.stop();
            writer = null;
        }
    }

    /** Debezium keeps a failure to itself until the next call; a task of its that has failed is of no more use. */
    private Throwable write(Collection<SinkRecord> records) {
        if (writer == null) {
            begin();
        }
        writer.put(records);
        Throwable failure = writer.getLastProcessingException();
        if (failure != null) {
            stop();
        }
        return failure;
    }

    private void begin() {
        writer = new JdbcSinkConnectorTask();
        writer.initialize(context);
        writer.start(config);
    }

    private void handOver(SinkRecord record, Throwable refusal) {
        try {
            // Waits, so that no position is noted before the dead letter is there.
            deadLetters.report(record, rootOf(refusal)).get();
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
            throw failed(exception);
        } catch (ExecutionException exception) {
            throw failed(exception.getCause());
        }
    }

    /**
     * Whether it is the values that the database does not take: SQL's classes 22 (data exception) and 23 (integrity
     * constraint violation), or a value that Kafka Connect itself cannot read as what its schema says.
     */
    private static boolean isOfARow(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof DataException) {
                return true;
            }
            if (cause instanceof SQLException exception && exception.getSQLState() != null) {
                return exception.getSQLState().startsWith("22") || exception.getSQLState().startsWith("23");
            }
        }
        return false;
    }

    private static Throwable rootOf(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private static ConnectException failed(Throwable cause) {
        return cause instanceof ConnectException known ? known : new ConnectException(cause);
    }
}
