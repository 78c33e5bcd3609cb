import * as fc from "fast-check";
import { propertiesOf } from "../../../image/connect/secrets/properties.ts";
import { referenceMistakes, workerMistakes } from "../../../image/connect/secrets/references.ts";
import { fileReference, propertiesText } from "../../../model/connect/properties.ts";

const secrets = "/run/connect/secrets.properties";
const reading = (files: Record<string, string>) => (file: string) => {
  const text = files[file];
  if (text === undefined) {
    throw Object.assign(new Error(`ENOENT: no such file or directory, open '${file}'`), { code: "ENOENT" });
  }
  return text;
};

describe("a properties file", () => {
  it("reads back as it was written, whatever keys and values hold", () => {
    const entries = fc.dictionary(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }));
    fc.assert(
      fc.property(entries, (given) => {
        expect(propertiesOf(propertiesText(given))).toEqual(new Map(Object.entries(given)));
      }),
    );
  });

  it("may be written by others: comments, blanks, separators and continued lines as Java takes them", () => {
    const text = [
      "# kafka.jaas=no",
      "  ! no=no",
      "",
      "a = 1",
      "b:2\r",
      "c 3 4 ",
      "  d\\ e\\:f = g\\\\",
      "h = one \\",
      "    # two\\\\\\",
      "    three",
      "i",
      "a = last",
      "j = k\\",
    ].join("\n");
    expect([...propertiesOf(text)]).toEqual([
      ["a", "last"],
      ["b", "2"],
      ["c", "3 4 "],
      ["d e:f", "g\\"],
      ["h", "one # two\\three"],
      ["i", ""],
      ["j", "k"],
    ]);
  });
});

describe("references to secrets", () => {
  it("are mistakes where the key is not there or empty, all at once, and no value is shown", () => {
    const config = {
      "database.password": fileReference(secrets, "shop.password"),
      both: `user=${fileReference(secrets, "kept")} password=${fileReference(secrets, "gone")}`,
      empty: fileReference(secrets, "empty"),
      odd: fileReference(secrets, "über =key"),
      plain: "${env:CONNECT_HOST} ${file}",
    };
    const readFile = reading({ [secrets]: propertiesText({ kept: "hunter2", empty: "", "über =key": "hunter2" }) });
    expect(referenceMistakes({ config, readFile, mustBeReadable: true })).toEqual([
      `database.password: ${secrets} has no key shop.password`,
      `both: ${secrets} has no key gone`,
      `empty: the key empty in ${secrets} has no value`,
    ]);
  });

  it("are mistakes where the file is not there only if it must be", () => {
    const config = { password: fileReference("/none", "key") };
    const readFile = reading({});
    expect(referenceMistakes({ config, readFile, mustBeReadable: false })).toEqual([]);
    expect(referenceMistakes({ config, readFile, mustBeReadable: true })).toEqual([
      "password: /none, which holds the key key, is missing",
    ]);
    const denied = () => {
      throw Object.assign(new Error("EACCES: permission denied"), { code: "EACCES" });
    };
    expect(referenceMistakes({ config, readFile: denied, mustBeReadable: true })).toEqual([
      "password: /none, which holds the key key, can't be read (EACCES)",
    ]);
  });

  it("are read from a worker's own configuration, which must be there too", () => {
    const worker = propertiesText({ "producer.sasl.jaas.config": fileReference(secrets, "kafka.jaas") });
    expect(workerMistakes("worker.properties", reading({ "worker.properties": worker, [secrets]: "" }))).toEqual([
      `producer.sasl.jaas.config: ${secrets} has no key kafka.jaas`,
    ]);
    expect(workerMistakes("worker.properties", reading({}))).toEqual(["worker.properties is missing"]);
  });
});
