import java.io.FileInputStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.connector.policy.AllowlistConnectorClientConfigOverridePolicy;
import org.apache.kafka.connect.connector.policy.ConnectorClientConfigRequest;
import org.apache.kafka.connect.health.ConnectorType;
import org.apache.kafka.connect.runtime.distributed.DistributedConfig;
import org.apache.kafka.connect.runtime.rest.RestServerConfig;

/**
 * Reads a `worker.properties` as Kafka Connect does, and prints what it makes of it, a line each: keys that it does not
 * know, where it listens, what it advertises, its login, and which of the client settings in the arguments a connector may not set.
 */
public class CheckWorker {
  public static void main(String[] args) throws Exception {
    Properties file = new Properties();
    try (FileInputStream input = new FileInputStream(args[0])) {
      file.load(input);
    }
    Map<String, String> properties = new HashMap<>();
    file.forEach((key, value) -> properties.put((String) key, (String) value));
    DistributedConfig worker = new DistributedConfig(properties);
    RestServerConfig rest = RestServerConfig.forPublic(worker.rebalanceTimeout(), worker.originals());

    System.out.println("unknown " + unknown(properties.keySet(), worker, rest));
    System.out.println("listeners " + rest.listeners());
    System.out.println("advertised " + rest.advertisedHostName());
    System.out.println("login " + worker.originalsWithPrefix("producer.").get("sasl.jaas.config"));
    System.out.println("refused " + refused(worker, List.of(args).subList(1, args.length)));
  }

  private static Set<String> unknown(Set<String> keys, DistributedConfig worker, RestServerConfig rest) {
    Set<String> known = new HashSet<>(worker.values().keySet());
    known.addAll(rest.values().keySet());
    ProducerConfig.configNames().forEach(key -> known.add("producer." + key));
    ConsumerConfig.configNames().forEach(key -> known.add("consumer." + key));
    AdminClientConfig.configNames().forEach(key -> known.add("admin." + key));
    known.add(AllowlistConnectorClientConfigOverridePolicy.ALLOWLIST_CONFIG);
    Set<String> unknown = new TreeSet<>(keys);
    unknown.removeAll(known);
    // Whoever these are for has no list of them here: the converters and the config providers.
    unknown.removeIf(key -> key.matches("(key|value)\\.converter\\..*|config\\.providers\\..*"));
    return unknown;
  }

  private static Set<String> refused(DistributedConfig worker, List<String> settings) {
    AllowlistConnectorClientConfigOverridePolicy policy = new AllowlistConnectorClientConfigOverridePolicy();
    policy.configure(worker.originals());
    Map<String, Object> overrides = new HashMap<>();
    settings.forEach(key -> overrides.put(key, "x"));
    Set<String> refused = new TreeSet<>();
    for (ConfigValue value : policy.validate(new ConnectorClientConfigRequest(
        "connector", ConnectorType.SINK, null, overrides, ConnectorClientConfigRequest.ClientType.CONSUMER))) {
      if (!value.errorMessages().isEmpty()) {
        refused.add(value.name());
      }
    }
    return refused;
  }
}
