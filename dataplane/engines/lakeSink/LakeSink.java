import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.confluent.connect.avro.AvroConverter;
import io.confluent.connect.avro.AvroData;
import io.confluent.connect.avro.AvroDataConfig;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.confluent.kafka.schemaregistry.testutil.MockSchemaRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.SchemaProjector;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.apache.parquet.avro.AvroParquetWriter;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.joda.time.DateTimeZone;
import org.joda.time.format.DateTimeFormat;
import org.joda.time.format.DateTimeFormatter;

/**
 * Does with records what Confluent's S3 sink does, into a folder in place of a bucket: its converter (AvroConverter), the
 * configured transforms, the path by the configured format, and Parquet by the same libraries with the same settings. The
 * loop around them, which decides when a file is complete, is ours; clock and rows are whatever the caller says.
 *
 * <p>Jobs come as JSON lines on standard input; each is answered by a line on standard output: {"ok": ...} or {"error": ...}.
 */
public class LakeSink {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PAGE_SIZE = 64 * 1024;

  private final Path folder;
  private final Map<String, String> config;
  private final AvroConverter keys = new AvroConverter();
  private final AvroConverter values = new AvroConverter();
  private final AvroData avro = new AvroData(new AvroDataConfig(Map.of()));
  private final List<Transformation<SinkRecord>> transforms = new ArrayList<>();
  private final DateTimeFormatter path;
  private final Map<String, TopicPartition> partitions = new TreeMap<>();

  public static void main(String[] args) throws IOException {
    // Libraries write to standard output what is no answer.
    PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.setOut(System.err);
    LakeSink sink = null;
    BufferedReader jobs = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = jobs.readLine(); line != null; line = jobs.readLine()) {
      ObjectNode answer = JSON.createObjectNode();
      try {
        JsonNode job = JSON.readTree(line);
        if (job.get("do").asText().equals("start")) {
          sink = new LakeSink(job);
          answer.put("ok", true);
        } else {
          answer.set("ok", sink.run(job));
        }
      } catch (Exception error) {
        StringBuilder said = new StringBuilder();
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
          said.append(said.length() == 0 ? "" : ": ").append(cause);
        }
        answer.removeAll();
        answer.put("error", said.toString());
      }
      answers.println(JSON.writeValueAsString(answer));
    }
  }

  private LakeSink(JsonNode job) throws ReflectiveOperationException {
    folder = Path.of(job.get("folder").asText());
    config = new LinkedHashMap<>();
    job.get("config").properties().forEach(entry -> config.put(entry.getKey(), entry.getValue().asText()));
    keys.configure(converter("key.converter.", job), true);
    values.configure(converter("value.converter.", job), false);
    for (String alias : config.getOrDefault("transforms", "").split(",")) {
      if (!alias.isBlank()) {
        transforms.add(transform("transforms." + alias.trim() + "."));
      }
    }
    path =
        DateTimeFormat.forPattern(config.get("path.format"))
            .withZone(DateTimeZone.forID(config.getOrDefault("timezone", "UTC")))
            .withLocale(new Locale(config.getOrDefault("locale", "en")));
  }

  private Map<String, String> settingsOf(String prefix) {
    Map<String, String> own = new HashMap<>();
    config.forEach(
        (key, value) -> {
          if (key.startsWith(prefix)) {
            own.put(key.substring(prefix.length()), value);
          }
        });
    return own;
  }

  private Map<String, String> converter(String prefix, JsonNode job) {
    Map<String, String> own = settingsOf(prefix);
    own.put("schema.registry.url", job.get("registry").asText());
    return own;
  }

  @SuppressWarnings("unchecked")
  private Transformation<SinkRecord> transform(String prefix) throws ReflectiveOperationException {
    Map<String, String> own = settingsOf(prefix);
    Object made = Class.forName(own.remove("type")).getDeclaredConstructor().newInstance();
    Transformation<SinkRecord> transformation = (Transformation<SinkRecord>) made;
    transformation.configure(own);
    return transformation;
  }

  private JsonNode run(JsonNode job) throws IOException {
    switch (job.get("do").asText()) {
      case "put":
        return put(job);
      case "flush":
        return flush();
      case "clock":
        return clock(job.get("now").asLong());
      case "register":
        ObjectNode registered = JSON.createObjectNode();
        registered.put("id", register(job.get("subject").asText(), job.get("schema").asText()));
        return registered;
      case "paths":
        ArrayNode paths = JSON.createArrayNode();
        job.get("times").forEach(time -> paths.add(directory(job.get("topic").asText(), encode(time.asLong()))));
        return paths;
      default:
        throw new IllegalArgumentException("an unknown job: " + job.get("do").asText());
    }
  }

  /** A schema in the registry that is in this process, `mock://lab`. */
  private static int register(String subject, String schema) throws IOException {
    try {
      return MockSchemaRegistry.getClientForScope("lab").register(subject, new AvroSchema(schema));
    } catch (RestClientException error) {
      throw new IOException(error);
    }
  }

  /** Records of one partition, in order: [offset, timestamp, key, value], the last two in Base64 or null. */
  private JsonNode put(JsonNode job) throws IOException {
    String topic = job.get("topic").asText();
    int number = job.get("partition").asInt();
    TopicPartition partition =
        partitions.computeIfAbsent(topic + "-" + number, unused -> new TopicPartition(topic, number));
    ArrayNode committed = JSON.createArrayNode();
    for (JsonNode record : job.get("records")) {
      long now = job.has("now") ? job.get("now").asLong() : record.get(1).asLong();
      SchemaAndValue key = read(keys, topic, record.get(2));
      SchemaAndValue value = read(values, topic, record.get(3));
      SinkRecord taken =
          new SinkRecord(
              topic, number, key.schema(), key.value(), value.schema(), value.value(),
              record.get(0).asLong(), record.get(1).asLong(), TimestampType.CREATE_TIME);
      for (Transformation<SinkRecord> transform : transforms) {
        taken = transform.apply(taken);
      }
      if (taken != null) {
        partition.write(taken, now, committed);
      }
    }
    return committed;
  }

  private static SchemaAndValue read(AvroConverter converter, String topic, JsonNode base64) {
    return converter.toConnectData(topic, base64.isNull() ? null : Base64.getDecoder().decode(base64.asText()));
  }

  /** Completes whatever is open. */
  private JsonNode flush() throws IOException {
    ArrayNode committed = JSON.createArrayNode();
    for (TopicPartition partition : partitions.values()) {
      partition.commit(committed);
    }
    return committed;
  }

  /** What the clock alone completes. */
  private JsonNode clock(long now) throws IOException {
    ArrayNode committed = JSON.createArrayNode();
    for (TopicPartition partition : partitions.values()) {
      partition.clock(now, committed);
    }
    return committed;
  }

  private long number(String key, long otherwise) {
    return config.containsKey(key) ? Long.parseLong(config.get(key)) : otherwise;
  }

  /** The folders of a time, below the topic's. */
  private String encode(long time) {
    long length = config.getOrDefault("time.interval", "HOURLY").equals("DAILY") ? 86_400_000L : 3_600_000L;
    DateTimeZone zone = path.getZone();
    long start = zone.convertLocalToUTC(zone.convertUTCToLocal(time) / length * length, false);
    return path.print(start);
  }

  private String directory(String topic, String encoded) {
    return config.get("topics.dir") + "/" + topic + "/" + encoded;
  }

  private long timeOf(SinkRecord record) {
    String field = config.getOrDefault("timestamp.field", "");
    if (field.isEmpty()) {
      return record.timestamp();
    }
    Object value = ((Struct) record.value()).get(field);
    if (value == null) {
      throw new IllegalArgumentException("no time in column " + field);
    }
    boolean isTimestamp = Timestamp.LOGICAL_NAME.equals(record.valueSchema().field(field).schema().name());
    return isTimestamp ? ((java.util.Date) value).getTime() : ((Number) value).longValue();
  }

  /** A file that is not complete. */
  private static class OpenFile {
    final String key;
    final Path file;
    final ParquetWriter<GenericRecord> writer;
    long rows = 0;

    OpenFile(String key, Path file, ParquetWriter<GenericRecord> writer) {
      this.key = key;
      this.file = file;
      this.writer = writer;
    }
  }

  /** The sink's state of one partition of a topic: a file for each folder, all complete at the same moment. */
  private class TopicPartition {
    private final String topic;
    private final int number;
    private final Map<String, OpenFile> files = new TreeMap<>();
    private final Map<String, Schema> schemas = new HashMap<>();
    private long records = 0;
    private long nextScheduled = Long.MIN_VALUE;
    private Long baseTime = null;
    private String lastFolder = "";
    private Long lastTime = null;

    TopicPartition(String topic, int number) {
      this.topic = topic;
      this.number = number;
    }

    void write(SinkRecord record, long now, ArrayNode committed) throws IOException {
      if (record.value() == null) {
        if (!config.getOrDefault("behavior.on.null.values", "ignore").equals("ignore")) {
          throw new IllegalArgumentException("a record without a value");
        }
        return;
      }
      if (nextScheduled == Long.MIN_VALUE || (records == 0 && isScheduled(now))) {
        schedule(now);
      }
      long time = timeOf(record);
      String encoded = encode(time);
      if (isTimeToRotate(encoded, time, now)) {
        commit(committed);
        schedule(now);
      }
      Schema current = schemas.get(encoded);
      if (current != null && isOther(record.valueSchema(), current)) {
        if (records > 0) {
          commit(committed);
        }
        current = null;
      }
      if (current == null) {
        current = record.valueSchema();
        schemas.put(encoded, current);
      }
      Object value =
          current.equals(record.valueSchema())
              ? record.value()
              : SchemaProjector.project(record.valueSchema(), record.value(), current);
      if (!files.containsKey(encoded)) {
        files.put(encoded, open(encoded, record.kafkaOffset(), current));
      }
      OpenFile file = files.get(encoded);
      file.writer.write((GenericRecord) avro.fromConnectData(current, value));
      file.rows++;
      records++;
      baseTime = baseTime == null ? Long.valueOf(time) : baseTime;
      lastFolder = encoded;
      lastTime = time;
      if (records >= number("flush.size", 1000)) {
        commit(committed);
      }
    }

    void clock(long now, ArrayNode committed) throws IOException {
      if (records > 0 && isTimeToRotate(lastFolder, lastTime, now)) {
        commit(committed);
        schedule(now);
      }
    }

    private boolean isTimeToRotate(String encoded, long time, long now) {
      long interval = number("rotate.interval.ms", -1);
      boolean isPeriodic =
          interval > 0 && baseTime != null && (time - baseTime >= interval || !encoded.equals(lastFolder));
      return records > 0 && (isPeriodic || isScheduled(now));
    }

    private boolean isScheduled(long now) {
      return number("rotate.schedule.interval.ms", -1) > 0 && now >= nextScheduled;
    }

    /** Rotations are at multiples of the interval from midnight on. */
    private void schedule(long now) {
      long interval = number("rotate.schedule.interval.ms", -1);
      nextScheduled = interval > 0 ? (now / interval + 1) * interval : Long.MAX_VALUE;
    }

    private boolean isOther(Schema of, Schema current) {
      switch (config.getOrDefault("schema.compatibility", "NONE")) {
        case "NONE":
          return !of.equals(current);
        case "BACKWARD":
          return of != current && of.version().compareTo(current.version()) > 0;
        default:
          throw new IllegalArgumentException("schema.compatibility is neither NONE nor BACKWARD");
      }
    }

    private OpenFile open(String encoded, long offset, Schema schema) throws IOException {
      // As Confluent Cloud has it: "PARQUET - snappy".
      String named = config.getOrDefault("compression.codec", "PARQUET - none").replaceFirst("^PARQUET - ", "");
      CompressionCodecName codec =
          CompressionCodecName.fromConf(named.equals("none") ? "UNCOMPRESSED" : named.toUpperCase(Locale.ROOT));
      String name = topic + "+" + number + "+" + String.format("%010d", offset) + codec.getExtension() + ".parquet";
      String key = directory(topic, encoded) + "/" + name;
      Path file = folder.resolve(key);
      Files.createDirectories(file.getParent());
      ParquetWriter<GenericRecord> writer =
          AvroParquetWriter.<GenericRecord>builder(new LocalOutputFile(file))
              .withSchema(avro.fromConnectSchema(schema))
              .withWriteMode(ParquetFileWriter.Mode.OVERWRITE)
              .withDictionaryEncoding(true)
              .withCompressionCodec(codec)
              .withPageSize(PAGE_SIZE)
              .build();
      return new OpenFile(key, file, writer);
    }

    private void commit(ArrayNode committed) throws IOException {
      for (OpenFile file : files.values()) {
        file.writer.close();
        committed.addObject().put("key", file.key).put("rows", file.rows).put("bytes", Files.size(file.file));
      }
      files.clear();
      records = 0;
      baseTime = null;
    }
  }
}
