import { java } from "./java.ts";
import { testJars } from "./jars.ts";
import { freePort } from "./ports.ts";
import type { Lab, RunningProcess } from "./processes.ts";

export interface Registry {
  /** Confluent's API: what `schema.registry.url` gets. It takes any login. */
  readonly url: string;
  readonly process: RunningProcess;
}

/** Apicurio Registry, in memory, behind its Confluent-compatible API. */
export async function startRegistry(lab: Lab, name = "registry"): Promise<Registry> {
  const { registry } = await testJars();
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/apis/ccompat/v7`;
  const listen = ["-Dquarkus.http.host=127.0.0.1", `-Dquarkus.http.port=${port}`];
  const process = await lab.start({
    name,
    ...java("384m", ...listen, "-jar", registry),
    ready: async () => (await fetch(`${url}/subjects`)).ok,
  });
  return { url, process };
}
