import { isObject } from "../../check.ts";
import { CloudError, type Inventory, type Properties } from "../../inventory.ts";
import { isKnown } from "../../known.ts";
import { every, lengthBetween, type Rule } from "../../rules.ts";
import type { SimulatedResource } from "../../simulated.ts";
import { accountId, arn, listIn, moment, nameOf, regional, textOf, types } from "../common.ts";
import { typeMistake } from "./hiveTypes.ts";
import { parametersOf, projectionMistakes } from "./projection.ts";
import { viewMistakes } from "./views.ts";

const inLowerCase: Rule = (value, key) =>
  typeof value === "string" && /[A-Z]/.test(value)
    ? `invalid value for ${key} (uppercase characters cannot be used)`
    : undefined;

const database = regional({
  computed: ["arn", "catalogId", "createTableDefaultPermissions", "locationUri"],
  replacedBy: ["catalogId", "name", "targetDatabase"],
  autoNamed: "name",
  rules: { name: every(lengthBetween(1, 255), inLowerCase), description: lengthBetween(0, 2048) },
  seconds: () => moment,
  create: (cloud, inputs) => {
    const name = nameOf(inputs);
    checkName("database", name);
    const catalogId = inputs.catalogId ?? accountId;
    const id = `${textOf(catalogId)}:${name}`;
    if (cloud.get(types.catalogDatabase, id)?.properties.region === inputs.region) {
      throw new CloudError("AlreadyExistsException: Database already exists.");
    }
    return {
      id,
      outputs: {
        name,
        arn: arn("glue", inputs.region, `database/${name}`),
        catalogId,
        createTableDefaultPermissions: inputs.createTableDefaultPermissions ?? [
          { permissions: ["ALL"], principal: { dataLakePrincipalIdentifier: "IAM_ALLOWED_PRINCIPALS" } },
        ],
        locationUri: inputs.locationUri ?? "",
      },
    };
  },
  // Glue deletes what is in it too, whoever made it.
  delete: (cloud, id) => {
    const { name } = cloud.get(types.catalogDatabase, id)?.properties ?? {};
    cloud
      .all(types.catalogTable)
      .filter(({ properties }) => properties.databaseName === name)
      .forEach((table) => cloud.delete(table.type, table.id));
  },
});

const table = regional({
  computed: ["arn", "catalogId"],
  replacedBy: ["catalogId", "databaseName", "name", "partitionIndices", "targetTable"],
  autoNamed: "name",
  rules: {
    name: every(lengthBetween(1, 255), inLowerCase),
    description: lengthBetween(0, 2048),
    viewOriginalText: lengthBetween(0, 409_600),
    viewExpandedText: lengthBetween(0, 409_600),
  },
  check: (inputs, refuse) => {
    const places = [
      ["partitionKeys", inputs.partitionKeys],
      ["storageDescriptor.columns", isObject(inputs.storageDescriptor) ? inputs.storageDescriptor.columns : []],
    ] as const;
    for (const [at, columns] of places) {
      (Array.isArray(columns) ? columns.filter(isObject) : []).forEach(({ name, comment }, index) => {
        const problems = [
          ["name", lengthBetween(1, 255)(name, "name")],
          ["comment", lengthBetween(0, 255)(comment, "comment")],
        ] as const;
        for (const [key, problem] of problems) {
          if (problem !== undefined && isKnown(name)) {
            refuse(`${at}[${String(index)}].${key}`, problem);
          }
        }
      });
    }
  },
  seconds: () => moment,
  create: (cloud, inputs) => {
    const name = nameOf(inputs);
    const catalogId = inputs.catalogId ?? accountId;
    const home = `${textOf(catalogId)}:${String(inputs.databaseName)}`;
    if (cloud.get(types.catalogDatabase, home)?.properties.region !== inputs.region) {
      throw new CloudError(`EntityNotFoundException: Database ${String(inputs.databaseName)} not found.`);
    }
    const id = `${home}:${name}`;
    if (cloud.get(types.catalogTable, id) !== undefined) {
      throw new CloudError("AlreadyExistsException: Table already exists.");
    }
    checkName("table", name);
    checkTable(cloud, inputs);
    return {
      id,
      outputs: { name, catalogId, arn: arn("glue", inputs.region, `table/${String(inputs.databaseName)}/${name}`) },
    };
  },
  update: (cloud, _id, inputs) => checkTable(cloud, inputs),
});

/** Athena reads other names only in quotes, and names of files not at all. */
function checkName(what: string, name: string): void {
  if (!/^[a-z0-9][a-z0-9_]*$/.test(name)) {
    throw new CloudError(
      `Athena cannot use the ${what} ${name}: names have lower-case letters, digits and _, and do not begin with _`,
    );
  }
}

/** What Glue takes as it is, and Athena refuses when somebody asks: the sandbox says it at once. */
function checkTable(cloud: Inventory, inputs: Properties): void {
  const mistakes = tableMistakes(cloud, inputs);
  if (mistakes.length > 0) {
    throw new CloudError(
      `Athena cannot query ${String(inputs.databaseName)}.${String(inputs.name)}: ${mistakes.join("; ")}`,
    );
  }
}

interface Column {
  readonly name: string;
  readonly type: string;
}

function tableMistakes(cloud: Inventory, inputs: Properties): string[] {
  const descriptor = isObject(inputs.storageDescriptor) ? inputs.storageDescriptor : {};
  const columns = columnsIn(descriptor, "columns");
  const keys = columnsIn(inputs, "partitionKeys");
  const shared = [...columnMistakes([...columns, ...keys]), ...serDeMistakes(descriptor)];
  switch (inputs.tableType) {
    case "VIRTUAL_VIEW":
      return [
        ...shared,
        ...viewMistakes(
          inputs,
          columns,
          (name, home) =>
            cloud.find(
              types.catalogTable,
              (other) => other.name === name && other.databaseName === home && name !== inputs.name,
            ) !== undefined,
        ),
      ];
    case "EXTERNAL_TABLE":
      return [...shared, ...fileMistakes(inputs, descriptor, keys)];
    default:
      return [
        `FAILED: SemanticException: the table's type is ${String(inputs.tableType)}, neither EXTERNAL_TABLE nor VIRTUAL_VIEW`,
      ];
  }
}

function columnMistakes(columns: readonly Column[]): string[] {
  const names = columns.map(({ name }) => name.toLowerCase());
  const twice = [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
  return [
    ...columns
      .filter(({ name }) => !/^[a-z0-9_]+$/.test(name))
      .map(({ name }) => `column ${name}: names have lower-case letters, digits and _`),
    ...(twice.length > 0
      ? [`HIVE_INVALID_METADATA: Table descriptor contains duplicate columns: ${twice.join(", ")}`]
      : []),
    ...columns.flatMap(({ name, type }) => {
      const mistake = typeMistake(type);
      return mistake === undefined ? [] : [`column ${name}: HIVE_METASTORE_ERROR: ${mistake}`];
    }),
    ...(columns.length === 0 ? ["HIVE_INVALID_METADATA: the table has no columns"] : []),
  ];
}

function serDeMistakes({ serDeInfo }: Properties): string[] {
  return isObject(serDeInfo) && (serDeInfo.serializationLibrary ?? "") !== ""
    ? []
    : ["HIVE_METASTORE_ERROR: Table storage descriptor is missing SerDe info"];
}

const parquet = "org.apache.hadoop.hive.ql.io.parquet";
const avro = "org.apache.hadoop.hive.ql.io.avro";
const lines = [
  "org.apache.hadoop.mapred.TextInputFormat",
  "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat",
];

/** Which classes read and write files, by the SerDe that goes with them. */
const formats: Readonly<Record<string, readonly string[]>> = {
  [`${parquet}.serde.ParquetHiveSerDe`]: [
    `${parquet}.MapredParquetInputFormat`,
    `${parquet}.MapredParquetOutputFormat`,
  ],
  "org.apache.hadoop.hive.serde2.avro.AvroSerDe": [
    `${avro}.AvroContainerInputFormat`,
    `${avro}.AvroContainerOutputFormat`,
  ],
  "org.openx.data.jsonserde.JsonSerDe": lines,
  "org.apache.hive.hcatalog.data.JsonSerDe": lines,
};

function fileMistakes(inputs: Properties, descriptor: Properties, keys: readonly Column[]): string[] {
  const location = textOf(descriptor.location ?? "");
  const library = isObject(descriptor.serDeInfo) ? String(descriptor.serDeInfo.serializationLibrary) : "";
  const given = [descriptor.inputFormat, descriptor.outputFormat].map(String);
  const wanted = formats[library] ?? [];
  const parameters = parametersOf(inputs);
  const isProjected = parameters["projection.enabled"] === "true";
  const hasProjection = Object.keys(parameters).some((key) => /^projection\.(?!enabled$)/.test(key));
  return [
    ...(/^s3:\/\/[a-z0-9.-]+\/(.*\/)?$/.test(location)
      ? []
      : [`the location "${location}" is not s3://bucket/folder/ with a slash at its end`]),
    ...(wanted.join(" ") === given.join(" ")
      ? []
      : [`HIVE_UNSUPPORTED_FORMAT: ${given.join(" and ")} do not go with ${library === "" ? "no SerDe" : library}`]),
    ...(isProjected ? projectionMistakes(parameters, keys, location) : []),
    ...(isProjected && keys.length === 0 ? ["projection.enabled: the table has no partition columns"] : []),
    ...(!isProjected && hasProjection ? ['projection.enabled is not "true": the other projection.… do nothing'] : []),
    ...(!isProjected && keys.length > 0
      ? ["nobody registers its partitions, and projection.enabled is not true: every query would find no row"]
      : []),
  ];
}

function columnsIn(properties: Properties, name: string): Column[] {
  return listIn(properties, name)
    .filter(isObject)
    .map((column) => ({ name: String(column.name), type: textOf(column.type ?? "") }));
}

/** What tables there are over files, and what they look like. */
export const catalog: Readonly<Record<string, SimulatedResource>> = {
  [types.catalogDatabase]: database,
  [types.catalogTable]: table,
};
