package pipeline.postgres;

import io.debezium.DebeziumException;
import io.debezium.bean.StandardBeanNames;
import io.debezium.connector.postgresql.PostgresConnectorConfig;
import io.debezium.connector.postgresql.PostgresOffsetContext;
import io.debezium.connector.postgresql.connection.PostgresConnection;
import io.debezium.connector.postgresql.spi.SlotState;
import io.debezium.pipeline.spi.Offsets;
import io.debezium.snapshot.mode.InitialSnapshotter;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Debezium's snapshot mode {@code initial} for PostgreSQL, with a beginning that steps over nothing. Chosen by
 * {@code snapshot.mode=custom} and {@code snapshot.mode.custom.name=at_least_once}. Debezium configures it each time that
 * a task starts, before it looks for the replication slot, and that is when it acts:
 *
 * <ul>
 *   <li>A snapshot gets a slot of its own: one that is left of a snapshot that was broken off is dropped. With an old slot
 *       Debezium takes the server's present position for where changes follow what it reads, and misses what stands before
 *       that position and cannot be seen yet: a commit takes a moment, with a synchronous standby a long one.
 *   <li>Streaming goes on from where the slot stands, a place between transactions. Debezium looks for its last record by
 *       the record's position, which is not that record's alone: all rows of a page that COPY wrote have one in common,
 *       and the end of a transaction has that of what comes next, whosever it is.
 * </ul>
 *
 * The price is records that come twice.
 */
public final class AtLeastOnceSnapshotter extends InitialSnapshotter {

    private static final Logger LOGGER = LoggerFactory.getLogger(AtLeastOnceSnapshotter.class);

    /** How long the server may take to notice that the reader of before is gone. */
    private static final int PATIENCE_SECONDS = 60;

    @Override
    public String name() {
        return "at_least_once";
    }

    @Override
    public void configure(Map<String, ?> properties) {
        PostgresConnectorConfig config =
                beanRegistry.lookupByName(StandardBeanNames.CONNECTOR_CONFIG, PostgresConnectorConfig.class);
        PostgresConnection database =
                beanRegistry.lookupByName(StandardBeanNames.JDBC_CONNECTION, PostgresConnection.class);
        Offsets<?, ?> offsets = beanRegistry.lookupByName(StandardBeanNames.OFFSETS, Offsets.class);
        PostgresOffsetContext offset = (PostgresOffsetContext) offsets.getTheOnlyOffset();
        try {
            if (offset == null || offset.isInitialSnapshotRunning()) {
                dropSlot(database, config);
            } else {
                continueAtSlot(stateOfSlot(database, config), offset);
            }
        } catch (SQLException exception) {
            throw new DebeziumException("replication slot " + config.slotName() + " cannot be made ready", exception);
        }
    }

    private static void dropSlot(PostgresConnection database, PostgresConnectorConfig config) throws SQLException {
        String slot = config.slotName();
        long deadline = System.nanoTime() + PATIENCE_SECONDS * 1_000_000_000L;
        while (stateOfSlot(database, config) != null) {
            LOGGER.info("The snapshot begins anew: dropping replication slot {}, which is older", slot);
            // Waits a few seconds by itself while the slot is in use.
            if (!database.dropReplicationSlot(slot) && System.nanoTime() > deadline) {
                throw new DebeziumException(
                        "replication slot " + slot + " is left of another snapshot and cannot be dropped. "
                                + "If something else reads from it, give this source a slot.name of its own");
            }
        }
    }

    /** Does nothing where the slot does not have the log that is needed: Debezium then says so, and fails. */
    private static void continueAtSlot(SlotState slot, PostgresOffsetContext offset) {
        if (slot == null
                || offset.lastCompletelyProcessedLsn() == null
                || slot.slotRestartLsn().compareTo(offset.lastCompletelyProcessedLsn()) > 0) {
            return;
        }
        LOGGER.info("Continuing at {}, where the replication slot is, instead of {}",
                slot.slotLastFlushedLsn(), offset.lastCompletelyProcessedLsn());
        // Without a record that was processed last, Debezium takes all that the server sends.
        offset.updateWalPosition(slot.slotLastFlushedLsn(), null, Instant.EPOCH, null, null, null, null);
    }

    private static SlotState stateOfSlot(PostgresConnection database, PostgresConnectorConfig config)
            throws SQLException {
        return database.getReplicationSlotState(config.slotName(), config.plugin().getPostgresPluginName());
    }
}
