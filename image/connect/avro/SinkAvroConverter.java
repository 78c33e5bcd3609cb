package pipeline.avro;

import io.confluent.connect.avro.AvroConverter;
import java.io.IOException;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.storage.Converter;

/**
 * Confluent's Avro converter, for sinks with a dead-letter topic. A record whose schema cannot be had, since the registry does
 * not answer or does not let us in, looks to Kafka Connect like one that cannot be read: all of them would become dead letters
 * until the registry is back. Here it is asked again for some seconds, and then the task fails, with nothing lost: whoever
 * looks after tasks starts it again. A schema that the registry does not have is the record's own fault, as is what
 * cannot be read with its schema.
 */
public final class SinkAvroConverter implements Converter {

    /** What Kafka Connect tolerates of a record is any exception of its converter; this is none. */
    static final class RegistryUnavailable extends Error {
        private static final long serialVersionUID = 1L;

        RegistryUnavailable(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** Seconds between one attempt and the next. */
    private static final int[] PAUSES = {1, 2, 4, 8};

    /** How the client ends its message when the registry has answered with a refusal; 404 and 40403: it has no such schema. */
    private static final Pattern REFUSED = Pattern.compile("error code: (?!404)\\d+\\s*$");

    private final AvroConverter converter = new AvroConverter();

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        converter.configure(configs, isKey);
    }

    @Override
    public ConfigDef config() {
        return converter.config();
    }

    @Override
    public byte[] fromConnectData(String topic, Schema schema, Object value) {
        return converter.fromConnectData(topic, schema, value);
    }

    @Override
    public SchemaAndValue toConnectData(String topic, byte[] value) {
        for (int attempt = 0; ; attempt++) {
            try {
                return converter.toConnectData(topic, value);
            } catch (RuntimeException exception) {
                if (!isOfTheRegistry(exception)) {
                    throw exception;
                }
                if (attempt == PAUSES.length) {
                    throw new RegistryUnavailable(
                            "Schema Registry gives no schema for records of " + topic + ": " + rootOf(exception), exception);
                }
                pause(PAUSES[attempt], exception);
            }
        }
    }

    private static boolean isOfTheRegistry(RuntimeException exception) {
        if (exception instanceof RetriableException) {
            return true; // it took too long
        }
        if (exception instanceof ConfigException) {
            return REFUSED.matcher(String.valueOf(exception.getMessage())).find();
        }
        for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
            // Bytes that are no Avro are an IOException, too, under another message.
            if (cause instanceof SerializationException && String.valueOf(cause.getMessage()).startsWith("Error retrieving")) {
                return cause.getCause() instanceof IOException || isRefused(cause.getCause());
            }
        }
        return false;
    }

    private static boolean isRefused(Throwable cause) {
        return cause != null && REFUSED.matcher(String.valueOf(cause.getMessage())).find();
    }

    private static void pause(int seconds, RuntimeException why) {
        try {
            Thread.sleep(seconds * 1000L);
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
            throw new RegistryUnavailable("stopped while Schema Registry was asked again", why);
        }
    }

    private static Throwable rootOf(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
