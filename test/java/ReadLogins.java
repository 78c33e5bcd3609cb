import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.security.JaasContext;

/**
 * Reads secrets files as a worker does: through Kafka's own file provider, which resolves references to their keys
 * `kafka.jaas` and `db.password`, and Kafka's own JAAS parser. Each line of the input is one file in base64; each line of
 * the output the user name, the password and the database's password, in base64 and separated by commas.
 */
public class ReadLogins {
  private static final ConfigDef CLIENT = new ConfigDef()
      .define("sasl.jaas.config", ConfigDef.Type.PASSWORD, ConfigDef.Importance.HIGH, "");

  public static void main(String[] args) throws Exception {
    BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    Path file = Files.createTempFile("secrets", ".properties");
    try {
      for (String line = input.readLine(); line != null; line = input.readLine()) {
        Files.write(file, Base64.getDecoder().decode(line));
        AbstractConfig config = new AbstractConfig(CLIENT, Map.of(
            "config.providers", "file",
            "config.providers.file.class", "org.apache.kafka.common.config.provider.FileConfigProvider",
            "config.providers.file.param.allowed.paths", file.toString(),
            "sasl.jaas.config", "${file:" + file + ":kafka.jaas}",
            "database.password", "${file:" + file + ":db.password}"), false);
        Map<String, ?> login =
            JaasContext.loadClientContext(config.values()).configurationEntries().get(0).getOptions();
        System.out.println(base64(login.get("username")) + "," + base64(login.get("password")) + ","
            + base64(config.originals().get("database.password")));
      }
    } finally {
      Files.delete(file);
    }
  }

  private static String base64(Object text) {
    return Base64.getEncoder().encodeToString(text.toString().getBytes(StandardCharsets.UTF_8));
  }
}
