import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Properties;
import java.util.TreeMap;

/**
 * Reads properties files with Java's own parser: each line of the input is one file in base64. Each line of the output
 * is what it holds, `key=value` in base64 and sorted, separated by blanks; or `differ` where bytes and text read apart.
 */
public class ReadProperties {
  public static void main(String[] args) throws Exception {
    BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    StringBuilder output = new StringBuilder();
    for (String line = input.readLine(); line != null; line = input.readLine()) {
      byte[] file = Base64.getDecoder().decode(line);
      Properties fromBytes = new Properties();
      fromBytes.load(new ByteArrayInputStream(file));
      Properties fromText = new Properties();
      fromText.load(new StringReader(new String(file, StandardCharsets.UTF_8)));
      output.append(fromBytes.equals(fromText) ? written(fromBytes) : "differ").append('\n');
    }
    System.out.print(output);
  }

  private static String written(Properties properties) {
    TreeMap<String, String> sorted = new TreeMap<>();
    properties.forEach((key, value) -> sorted.put((String) key, (String) value));
    StringBuilder line = new StringBuilder();
    sorted.forEach((key, value) ->
        line.append(line.length() == 0 ? "" : " ").append(base64(key)).append('=').append(base64(value)));
    return line.toString();
  }

  /** UTF-16 by hand: Java's own encoder replaces lone surrogates. */
  private static String base64(String text) {
    byte[] units = new byte[2 * text.length()];
    for (int i = 0; i < text.length(); i++) {
      units[2 * i] = (byte) text.charAt(i);
      units[2 * i + 1] = (byte) (text.charAt(i) >> 8);
    }
    return Base64.getUrlEncoder().withoutPadding().encodeToString(units);
  }
}
