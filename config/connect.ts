import type { AssembledImage } from "./assembledImage.ts";
import { snowflakeVersionMistake } from "../model/connect/snowflakeVersion.ts";
import { placements, type Placement } from "../model/placement.ts";
import { either } from "../model/words.ts";
import type { Reader } from "./reader.ts";

/** Where Kafka Connect runs, and on what. */
export interface ConnectConfig {
  readonly placement: Placement;
  /** Image with digest, or what to build it from; empty when Confluent runs the connectors. */
  readonly image: string | AssembledImage;
  readonly workers: number;
  readonly instanceType: string;
  readonly spot: boolean;
  /** Empty: one is made. */
  readonly vpc: string;
  readonly subnets: readonly string[];
  /** Empty: the workers' REST interface is not reached from here. */
  readonly url: string;
  readonly logDays: number;
  /** Of Snowflake's connector in the workers' image. */
  readonly snowflakeVersion: string;
}

export function connectConfig(reader: Reader, assembled: () => AssembledImage | undefined): ConnectConfig {
  const placement = reader.oneOf("connect.placement", placements);
  const config: ConnectConfig = {
    placement,
    image: imageOf(reader, placement, assembled),
    workers: reader.integer("connect.workers"),
    instanceType: reader.string("connect.instanceType"),
    spot: reader.boolean("connect.spot"),
    vpc: reader.string("connect.vpc"),
    subnets: reader.list("connect.subnets"),
    url: reader.string("connect.url"),
    logDays: reader.integer("connect.logDays"),
    snowflakeVersion: reader.string("connect.snowflakeVersion"),
  };
  if (reader.isSound(["connect.placement"])) {
    checkUrl(reader, config);
  }
  checkInstances(reader, config);
  checkNetwork(reader, config);
  checkSnowflakeVersion(reader, config);
  return config;
}

/** The region of everything in AWS, empty where nothing says one. Kafka's own, unless it says another: what is far apart is slow and costs transfer. */
export function awsRegion(reader: Reader, isNeeded: boolean): string {
  const given = reader.string("aws.region");
  const region =
    given === "" && reader.raw("kafka.cloud") !== "GCP" && reader.raw("kafka.cloud") !== "AZURE"
      ? reader.string("kafka.region")
      : given;
  if (region === "" && isNeeded && reader.isSound(["kafka.cloud", "kafka.region"])) {
    reader.mistake(
      "aws.region",
      "it is missing: Kafka does not run in AWS, and this does. Write a region of AWS, e.g. us-east-1.",
    );
  } else if (given !== "" && !/^[a-z]{2}(-[a-z]+)+-\d$/.test(given)) {
    reader.mistake("aws.region", `"${given}" is not a region of AWS. Write one, e.g. us-east-1.`);
  }
  return region;
}

function imageOf(
  reader: Reader,
  placement: Placement,
  assembled: () => AssembledImage | undefined,
): ConnectConfig["image"] {
  const image = reader.string("connect.image");
  const build = reader.boolean("connect.build");
  const built = build ? assembled() : undefined;
  if (placement === "managed") {
    for (const key of ["connect.image", "connect.build", "connect.url"]) {
      const given = reader.raw(key);
      if (given !== undefined && given !== false && given !== "false") {
        reader.mistake(
          key,
          `Confluent runs the connectors (connect.placement: managed), so it has no use. Take it out.`,
        );
      }
    }
  } else if (placement === "onPremises" && build) {
    reader.mistake(
      "connect.build",
      "the image goes to a registry in AWS, which a host of yours does not reach by itself. Push it to a registry of yours (image/connect/README.md) and write connect.image.",
    );
  } else if (build && image !== "") {
    reader.mistake("connect.image", "connect.build makes the image. Take one of the two out.");
  } else if (build && built === undefined) {
    reader.mistake("connect.build", "there is nothing to build from yet. Run npm run image:assemble.");
  } else if (!build && image === "") {
    reader.mistake(
      "connect.image",
      "it is missing. Build and push image/connect once, then write the image with its digest" +
        `${placement === "ec2" ? ", or connect.build: true" : ""}.`,
    );
  } else if (image !== "" && !/^[a-z0-9][\w.:/-]*@sha256:[0-9a-f]{64}$/.test(image)) {
    reader.mistake(
      "connect.image",
      `"${image}" has no digest, so that what runs could change unseen. Write name@sha256: and 64 hexadecimal digits.`,
    );
  }
  return built ?? image;
}

function checkUrl(reader: Reader, { placement, url }: ConnectConfig): void {
  if (url === "" || placement === "managed") {
    return;
  }
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (placement === "ec2") {
    reader.mistake("connect.url", "workers on ec2 are reached through Systems Manager. Take it out.");
  } else if (parsed === undefined || !/^https?:$/.test(parsed.protocol)) {
    reader.mistake("connect.url", `"${url}" is not an address. Write one, e.g. http://connect.lan:8083.`);
  } else if (parsed.username !== "" || parsed.password !== "") {
    reader.mistake("connect.url", "it holds a password, which would stand in the state in clear. Take it out.");
  }
}

function checkSnowflakeVersion(reader: Reader, { snowflakeVersion, image }: ConnectConfig): void {
  const built = typeof image === "string" ? undefined : image.snowflake;
  const mistake =
    snowflakeVersionMistake(snowflakeVersion) ??
    (built === undefined || built === snowflakeVersion
      ? undefined
      : `the image that is built here has ${built}. Write that, or put ${snowflakeVersion} into image/connect/pom.xml and run npm run image:assemble -- --accept-checksums.`);
  if (mistake !== undefined) {
    reader.mistake("connect.snowflakeVersion", mistake);
  }
}

function checkInstances(reader: Reader, { workers, instanceType }: ConnectConfig): void {
  if (workers < 1 || workers > 20) {
    reader.mistake("connect.workers", `${String(workers)} is out of range. Write 1 to 20.`);
  }
  if (!/^[a-z]+\d+g[a-z]*\.\w+(-\w+)*$/.test(instanceType)) {
    reader.mistake(
      "connect.instanceType",
      `${instanceType} has no arm64 processor, and the image is started as arm64. Write one with a g after the number, e.g. m7g.large.`,
    );
  }
}

function checkNetwork(reader: Reader, { vpc, subnets }: ConnectConfig): void {
  if (vpc !== "" && !/^vpc-[0-9a-f]{8,17}$/.test(vpc)) {
    reader.mistake("connect.vpc", `"${vpc}" is not the id of a VPC. Write one, e.g. vpc-0123456789abcdef0.`);
  }
  const strange = subnets.filter((subnet) => !/^subnet-[0-9a-f]{8,17}$/.test(subnet));
  if (strange.length > 0) {
    reader.mistake(
      "connect.subnets",
      `${either(strange.map((id) => `"${id}"`))} is not the id of a subnet. Write one, e.g. subnet-0123456789abcdef0.`,
    );
  } else if (vpc === "" && subnets.length > 0) {
    reader.mistake("connect.vpc", "it is missing, and connect.subnets names subnets of it. Write the VPC's id.");
  } else if (vpc !== "" && subnets.length === 0) {
    reader.mistake(
      "connect.subnets",
      "it is missing. Write the ids of the subnets of connect.vpc that workers run in.",
    );
  }
}
