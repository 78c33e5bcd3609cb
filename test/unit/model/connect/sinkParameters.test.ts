import { propertiesOf } from "../../../../image/connect/secrets/properties.ts";
import { propertiesText } from "../../../../model/connect/properties.ts";
import { certificateParameter, parameterValue, secretsParameter } from "../../../../model/connect/sinkParameters.ts";

it("names parameters below the workers' path", () => {
  expect(secretsParameter("pipeline-dev-workers", "jdbc")).toBe("/pipeline-dev-workers/sinks/jdbc");
  expect(certificateParameter("pipeline-dev-workers", "jdbc")).toBe("/pipeline-dev-workers/ca/jdbc");
});

it.each(["plain", "{{a}}", "{{{{", "a\\{{b}}", "\\{{", "{ {", "ä{{ü}}\n"])(
  "Java reads %j in it as what it was",
  (password) => {
    const text = propertiesText({ "sink-jdbc.kafka.jaas": "x", "sink-jdbc.connection.password": password });
    const value = parameterValue("it", text);
    expect(value).not.toContain("{{");
    expect(value).not.toMatch(/\n$/);
    expect(Object.fromEntries(propertiesOf(value))).toEqual({
      "sink-jdbc.kafka.jaas": "x",
      "sink-jdbc.connection.password": password,
    });
  },
);

it("refuses what is too long, in bytes, and shows none of it", () => {
  expect(parameterValue("it", "a".repeat(8_192))).toHaveLength(8_192);
  expect(() => parameterValue("The text", "ä".repeat(4_097))).toThrow(
    new Error("The text would be 8194 bytes, and a parameter of Systems Manager has 8192."),
  );
});
