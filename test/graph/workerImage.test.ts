import type { Registration } from "./harness.ts";

process.setMaxListeners(0); // each copy of the SDK listens for the end of the process

async function graphOf(ephemeral: boolean): Promise<readonly Registration[]> {
  let graph: readonly Registration[] = [];
  // The SDK keeps one monitor a copy of itself, so each graph gets a copy of its own.
  await jest.isolateModulesAsync(async () => {
    const { recordGraph } = await import("../../sandbox/graph.ts");
    const { WorkerImage } = await import("../../components/connect/workerImage.ts");
    const args = { repositoryName: "pipeline-dev-connect", context: ".sandbox/image", version: "1f2e3d", ephemeral };
    const load = () => Promise.resolve(new WorkerImage("image", args));
    graph = await recordGraph({ stack: "dev", values: {}, secretKeys: [], load });
  });
  return graph;
}

const inputsOf = (graph: readonly Registration[], name: string) => graph.find((item) => item.name === name)?.inputs;

describe("connect.build", () => {
  it("builds what was assembled, for arm64, and only at up", async () => {
    const graph = await graphOf(true);
    expect(inputsOf(graph, "image-image")).toMatchObject({
      context: { location: ".sandbox/image" },
      dockerfile: { location: "image/connect/Dockerfile" },
      platforms: ["linux/arm64"],
      push: true,
      buildOnPreview: false,
      tags: ["«aws:ecr/repository:Repository::image-repository|repositoryUrl»:1f2e3d"],
    });
  });

  it("logs in to the registry with a secret", async () => {
    const image = (await graphOf(true)).find(({ name }) => name === "image-image");
    expect(image?.secrets.some((path) => path.startsWith("registries"))).toBe(true);
  });

  it("keeps the images of a durable stack, and lets a demo's go", async () => {
    const repository = (graph: readonly Registration[]) => graph.find(({ name }) => name === "image-repository");
    const demo = repository(await graphOf(true));
    const durable = repository(await graphOf(false));
    expect([demo?.inputs.forceDelete, demo?.protect]).toEqual([true, false]);
    expect([durable?.inputs.forceDelete, durable?.protect]).toEqual([false, true]);
    expect(demo?.inputs.imageTagMutability).toBe("IMMUTABLE");
  });
});
