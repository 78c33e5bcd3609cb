package pipeline.jdbc;

import io.debezium.connector.jdbc.JdbcSinkConnector;
import org.apache.kafka.connect.connector.Task;

/** Debezium's JDBC sink, whose tasks put a row that the database refuses into the dead-letter topic: {@link JdbcSinkTask}. */
public final class JdbcSink extends JdbcSinkConnector {

    @Override
    public Class<? extends Task> taskClass() {
        return JdbcSinkTask.class;
    }
}
