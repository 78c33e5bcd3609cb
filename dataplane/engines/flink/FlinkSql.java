import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.JsonNode;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.node.ArrayNode;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.Table;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.apache.flink.util.CloseableIterator;

/**
 * Runs queries of Flink SQL over given events. Each line of the first file is a job in JSON: tables, a query, and
 * the events of each case. Each line of the second, which it writes, is what the query changed in each case, or the error. All events of a case
 * come from one source in their order, so that its tables share one watermark: the latest time so far, less `behindMs`.
 */
public class FlinkSql {
  private static final ObjectMapper JSON = new ObjectMapper();

  public static void main(String[] args) throws Exception {
    List<String> answers = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of(args[0]))) {
      ObjectNode answer = JSON.createObjectNode();
      try {
        run(JSON.readTree(line), answer.putArray("cases"));
      } catch (Exception error) {
        answer.removeAll();
        Throwable cause = error;
        while (cause.getCause() != null) {
          cause = cause.getCause();
        }
        answer.put("error", String.valueOf(cause));
      }
      answers.add(JSON.writeValueAsString(answer));
    }
    Files.write(Path.of(args[1]), answers);
  }

  private static void run(JsonNode job, ArrayNode cases) throws Exception {
    Configuration settings = new Configuration();
    settings.setString("parallelism.default", "1");
    settings.setString("table.local-time-zone", "UTC");
    StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment(settings);
    StreamTableEnvironment tables = StreamTableEnvironment.create(environment);
    tables.createTemporarySystemFunction("TO_EPOCH", ToEpoch.class);
    DataStream<String> changes = null;
    for (int i = 0; i < job.get("cases").size(); i++) {
      cases.addArray();
      // A database a case, so that its tables have the names that the query says.
      tables.executeSql("CREATE DATABASE CASE_" + i);
      tables.useDatabase("CASE_" + i);
      DataStream<Event> events = source(environment, job.get("cases").get(i), job.path("behindMs").asLong(0));
      for (JsonNode relation : job.get("relations")) {
        declare(tables, events, relation);
      }
      Table table = tables.sqlQuery(job.get("sql").asText());
      int number = i;
      List<String> names = table.getResolvedSchema().getColumnNames();
      DataStream<String> own = tables.toChangelogStream(table).map(row -> change(number, names, row)).returns(Types.STRING);
      changes = changes == null ? own : changes.union(own);
    }
    if (changes == null) {
      return;
    }
    try (CloseableIterator<String> rows = changes.executeAndCollect()) {
      while (rows.hasNext()) {
        ObjectNode change = (ObjectNode) JSON.readTree(rows.next());
        ((ArrayNode) cases.get(change.remove("case").asInt())).add(change);
      }
    }
  }

  private static DataStream<Event> source(StreamExecutionEnvironment environment, JsonNode given, long behind) {
    List<Event> events = new ArrayList<>();
    for (JsonNode event : given) {
      events.add(new Event(event.get("relation").asText(), event.get("timestamp").asLong(), event.toString()));
    }
    return environment
        .fromData(events, TypeInformation.of(Event.class))
        .assignTimestampsAndWatermarks(WatermarkStrategy
            .<Event>forGenerator(context -> new AfterEach(behind))
            .withTimestampAssigner((event, time) -> event.timestamp));
  }

  private static String change(int number, List<String> names, Row row) throws Exception {
    ObjectNode change = JSON.createObjectNode();
    change.put("case", number);
    change.put("isRemoval", row.getKind() == RowKind.DELETE || row.getKind() == RowKind.UPDATE_BEFORE);
    ObjectNode columns = change.putObject("row");
    for (int i = 0; i < names.size(); i++) {
      columns.set(names.get(i), JSON.valueToTree(plain(row.getField(i))));
    }
    return JSON.writeValueAsString(change);
  }

  private static void declare(StreamTableEnvironment tables, DataStream<Event> all, JsonNode relation) {
    String name = relation.get("name").asText();
    List<String> names = new ArrayList<>();
    List<String> types = new ArrayList<>();
    Schema.Builder schema = Schema.newBuilder();
    for (JsonNode column : relation.get("columns")) {
      names.add(column.get("name").asText());
      types.add(column.get("type").asText());
      boolean required = column.path("isKey").asBoolean(false) && relation.get("isTable").asBoolean();
      schema.column(column.get("name").asText(), column.get("type").asText() + (required ? " NOT NULL" : ""));
    }
    schema.columnByMetadata("ROWTIME", DataTypes.TIMESTAMP_LTZ(3), "rowtime").watermark("ROWTIME", "SOURCE_WATERMARK()");
    TypeInformation<Row> rowType = Types.ROW_NAMED(
        names.toArray(String[]::new), types.stream().map(FlinkSql::information).toArray(TypeInformation[]::new));
    DataStream<Row> rows = all
        .filter(event -> event.relation.equals(name))
        .map(event -> rowOf(JSON.readTree(event.json), names, types))
        .returns(rowType);
    if (relation.get("isTable").asBoolean()) {
      schema.primaryKey(relation.get("key").asText());
      tables.createTemporaryView(name, tables.fromChangelogStream(rows, schema.build(), ChangelogMode.upsert()));
    } else {
      tables.createTemporaryView(name, tables.fromDataStream(rows, schema.build()));
    }
  }

  private static Row rowOf(JsonNode event, List<String> names, List<String> types) {
    RowKind kind = event.get("isRemoval").asBoolean() ? RowKind.DELETE : RowKind.INSERT;
    Row row = Row.withPositions(kind, names.size());
    for (int i = 0; i < names.size(); i++) {
      row.setField(i, value(event.get("row").get(names.get(i)), types.get(i)));
    }
    return row;
  }

  private static TypeInformation<?> information(String type) {
    return switch (type.replaceAll("\\(.*", "")) {
      case "BOOLEAN" -> Types.BOOLEAN;
      case "INTEGER" -> Types.INT;
      case "BIGINT" -> Types.LONG;
      case "DOUBLE" -> Types.DOUBLE;
      case "DECIMAL" -> Types.BIG_DEC;
      case "DATE" -> Types.LOCAL_DATE;
      case "TIMESTAMP" -> Types.LOCAL_DATE_TIME;
      default -> Types.STRING;
    };
  }

  private static Object value(JsonNode value, String type) {
    if (value == null || value.isNull()) {
      return null;
    }
    return switch (type.replaceAll("\\(.*", "")) {
      case "BOOLEAN" -> value.asBoolean();
      case "INTEGER" -> value.asInt();
      case "BIGINT" -> value.asLong();
      case "DOUBLE" -> value.asDouble();
      case "DECIMAL" -> new BigDecimal(value.asText());
      case "DATE" -> LocalDate.ofEpochDay(value.asLong());
      case "TIMESTAMP" -> LocalDateTime.ofInstant(Instant.ofEpochMilli(value.asLong()), ZoneOffset.UTC);
      default -> value.asText();
    };
  }

  private static Object plain(Object value) {
    if (value instanceof LocalDateTime time) {
      return time.toInstant(ZoneOffset.UTC).toEpochMilli();
    }
    if (value instanceof Instant time) {
      return time.toEpochMilli();
    }
    if (value instanceof LocalDate date) {
      return date.toEpochDay();
    }
    return value instanceof BigDecimal decimal ? decimal.toPlainString() : value;
  }

  /** Milliseconds since 1970 of a window's bound, which is a time in UTC. */
  public static class ToEpoch extends ScalarFunction {
    public Long eval(LocalDateTime time) {
      return time == null ? null : time.toInstant(ZoneOffset.UTC).toEpochMilli();
    }
  }

  /** One record of an input. */
  public static class Event {
    public String relation;
    public long timestamp;
    public String json;

    public Event() {}

    Event(String relation, long timestamp, String json) {
      this.relation = relation;
      this.timestamp = timestamp;
      this.json = json;
    }
  }

  /** A watermark after each event. */
  private static class AfterEach implements WatermarkGenerator<Event> {
    private final long behind;
    private long latest = Long.MIN_VALUE;

    AfterEach(long behind) {
      this.behind = behind;
    }

    @Override
    public void onEvent(Event event, long timestamp, WatermarkOutput output) {
      latest = Math.max(latest, timestamp);
      output.emitWatermark(new Watermark(latest - behind));
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {}
  }
}
