import type { Inventory, Thing } from "../inventory.ts";

/** What is in a bucket: nothing of the stack's own, but it is there, and costs. */
const object = "aws:s3:object";

/** Puts a file into a bucket, over one of the same name. */
export function writeObject(cloud: Inventory, bucket: string, key: string): void {
  cloud.put({ id: `${bucket}/${key}`, type: object, properties: { bucket, key } });
}

export function objectsIn(cloud: Inventory, bucket: string): Thing[] {
  return cloud.all(object).filter(({ properties }) => properties.bucket === bucket);
}
