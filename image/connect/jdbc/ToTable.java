package pipeline.jdbc;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.transforms.Transformation;

/**
 * What a record of a topic does to a row of a table, in the form that Debezium's JDBC sink takes: the topic is the table,
 * the key is a struct of the columns that identify the row, and a deletion has no value. For each topic it is told, after
 * the topic's name:
 *
 * <ul>
 *   <li>{@code .table}: name of the table.
 *   <li>{@code .columns}: the fields of the value that are columns, in lower case. Others are left out.
 *   <li>{@code .key}: those that identify a row. None: each record is a row of its own, known by where it stands.
 *   <li>{@code .deleted}: the field that says {@code true}, as text, in the last version of a row that is gone.
 *   <li>{@code .tombstone}: what the columns of the key are called in the message's key, for records that have nothing
 *       else; the name of a bare value does not count. None: such records say nothing.
 * </ul>
 *
 * A record that names no row is refused, and so goes to the dead-letter topic.
 */
public final class ToTable implements Transformation<SinkRecord> {

    /** Where a record stands, for rows that nothing else identifies. */
    private static final String PARTITION = "__topic_partition";
    private static final String OFFSET = "__topic_offset";
    private static final Schema PLACE =
            SchemaBuilder.struct().field(PARTITION, Schema.INT32_SCHEMA).field(OFFSET, Schema.INT64_SCHEMA).build();

    private record Table(
            String name, List<String> columns, List<String> key, String deleted, List<String> tombstone) {}

    private final Map<String, Table> tables = new HashMap<>();
    /** By topic and schema of the value: a schema is compared field by field, so that it is made once. */
    private final Map<String, Map<Schema, Schema>> rows = new ConcurrentHashMap<>();

    @Override
    public void configure(Map<String, ?> config) {
        for (String property : config.keySet()) {
            if (property.endsWith(".table")) {
                String topic = property.substring(0, property.length() - ".table".length());
                tables.put(topic, new Table(
                        text(config, property),
                        list(config, topic + ".columns"),
                        list(config, topic + ".key"),
                        text(config, topic + ".deleted"),
                        list(config, topic + ".tombstone")));
            }
        }
    }

    @Override
    public SinkRecord apply(SinkRecord record) {
        Table table = tables.get(record.topic());
        if (table == null) {
            throw new DataException("no table takes the rows of topic " + record.topic());
        }
        if (record.value() == null) {
            return table.tombstone().isEmpty() ? null : deletion(record, table, keyOfMessage(record, table));
        }
        if (!(record.value() instanceof Struct value)) {
            throw new DataException("a row of " + table.name() + " is no record with fields");
        }
        if (!table.deleted().isEmpty() && "true".equals(value.get(table.deleted()))) {
            return deletion(record, table, keyOfRow(record, table, value));
        }
        Struct row = rowOf(record, table, value);
        Struct key = keyOfRow(record, table, value);
        return record.newRecord(table.name(), record.kafkaPartition(), key.schema(), key, row.schema(), row, record.timestamp());
    }

    @Override
    public ConfigDef config() {
        return new ConfigDef();
    }

    @Override
    public void close() {}

    private static SinkRecord deletion(SinkRecord record, Table table, Struct key) {
        return record.newRecord(table.name(), record.kafkaPartition(), key.schema(), key, null, null, record.timestamp());
    }

    private Struct rowOf(SinkRecord record, Table table, Struct value) {
        Schema schema = rows.computeIfAbsent(record.topic(), topic -> new ConcurrentHashMap<>())
                .computeIfAbsent(value.schema(), of -> columnsOf(table, of));
        Struct row = new Struct(schema);
        for (String field : table.columns()) {
            // Without the default of a column in the source: a NULL is a NULL.
            row.put(column(field), value.getWithoutDefault(field));
        }
        return row;
    }

    private static Schema columnsOf(Table table, Schema of) {
        SchemaBuilder schema = SchemaBuilder.struct();
        for (String name : table.columns()) {
            schema.field(column(name), fieldOf(table, of, name).schema());
        }
        return schema.build();
    }

    private static Struct keyOfRow(SinkRecord record, Table table, Struct value) {
        if (table.key().isEmpty()) {
            return new Struct(PLACE)
                    .put(PARTITION, record.originalKafkaPartition())
                    .put(OFFSET, record.originalKafkaOffset());
        }
        Map<String, Schema> schemas = new LinkedHashMap<>();
        Map<String, Object> values = new LinkedHashMap<>();
        for (String name : table.key()) {
            schemas.put(column(name), fieldOf(table, value.schema(), name).schema());
            values.put(column(name), value.getWithoutDefault(name));
        }
        return keyOf(table, schemas, values);
    }

    private static Struct keyOfMessage(SinkRecord record, Table table) {
        Map<String, Schema> schemas = new LinkedHashMap<>();
        Map<String, Object> values = new LinkedHashMap<>();
        for (int index = 0; index < table.tombstone().size(); index++) {
            String name = column(table.key().get(index));
            if (record.key() instanceof Struct key) {
                String field = table.tombstone().get(index);
                schemas.put(name, fieldOf(table, key.schema(), field).schema());
                values.put(name, key.get(field));
            } else {
                schemas.put(name, record.keySchema());
                values.put(name, record.key());
            }
        }
        return keyOf(table, schemas, values);
    }

    private static Struct keyOf(Table table, Map<String, Schema> schemas, Map<String, Object> values) {
        SchemaBuilder schema = SchemaBuilder.struct();
        schemas.forEach(schema::field);
        Struct key = new Struct(schema.build());
        values.forEach((name, value) -> {
            if (value == null) {
                throw new DataException("a row of " + table.name() + " has no " + name + ", which identifies it");
            }
            key.put(name, value);
        });
        return key;
    }

    private static Field fieldOf(Table table, Schema schema, String name) {
        Field field = schema.field(name);
        if (field == null) {
            throw new DataException("a row of " + table.name() + " has no field " + name);
        }
        return field;
    }

    private static String column(String field) {
        return field.toLowerCase(Locale.ROOT);
    }

    private static String text(Map<String, ?> config, String property) {
        Object value = config.get(property);
        return value == null ? "" : value.toString();
    }

    private static List<String> list(Map<String, ?> config, String property) {
        String text = text(config, property);
        return text.isEmpty() ? List.of() : List.of(text.split(","));
    }
}
