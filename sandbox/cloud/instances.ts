import { createHash } from "node:crypto";
import { types } from "./aws/common.ts";
import { isObject } from "./check.ts";
import type { Inventory, Properties, Thing } from "./inventory.ts";

/** An instance of a simulated Auto Scaling group. */
export interface Instance {
  readonly id: string;
  readonly tags: Properties;
  readonly region: string;
  /** What it was launched with. */
  readonly template: Properties;
}

/** The instances that the simulated groups run: as many as each wants, of its template's newest version. */
export function instancesOf(cloud: Inventory): Instance[] {
  return cloud.all(types.group).flatMap((group) => {
    const id = isObject(group.properties.launchTemplate) ? group.properties.launchTemplate.id : undefined;
    const template = cloud.get(types.launchTemplate, id)?.properties ?? {};
    const tags = tagsIn(template);
    return Array.from({ length: Number(group.properties.desiredCapacity ?? 0) }, (_, index) => ({
      id: `i-${createHash("sha256")
        .update(`${group.id} ${String(tags["pipeline-release"])} ${String(index)}`)
        .digest("hex")
        .slice(0, 17)}`,
      tags,
      region: String(group.properties.region),
      template,
    }));
  });
}

/** The role whose credentials programs on an instance get. */
export function roleOn(cloud: Inventory, { template }: Instance): Thing | undefined {
  const profile = isObject(template.iamInstanceProfile) ? template.iamInstanceProfile : {};
  const found = cloud.find(types.instanceProfile, ({ arn, name }) => arn === profile.arn || name === profile.name);
  return cloud.get(types.role, found?.properties.role);
}

/** What its instances are tagged with. */
function tagsIn(template: Properties): Properties {
  const specifications = Array.isArray(template.tagSpecifications) ? (template.tagSpecifications as unknown[]) : [];
  const tags = specifications.filter(isObject).find(({ resourceType }) => resourceType === "instance")?.tags;
  return isObject(tags) ? tags : {};
}
