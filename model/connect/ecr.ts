/** Where an image in an account's own registry is. */
export interface EcrImage {
  readonly account: string;
  readonly region: string;
  /** Name of the registry's host. */
  readonly host: string;
  readonly repository: string;
  /** First part of its resource names: `aws`, or `aws-cn`. */
  readonly partition: string;
}

/** Of `123456789012.dkr.ecr.us-east-1.amazonaws.com/connect@sha256:…`; `undefined`: the image is not in ECR. */
export function ecrImage(image: string): EcrImage | undefined {
  const [, host, account, region, suffix, repository] =
    /^((\d{12})\.dkr\.ecr(?:-fips)?\.([a-z0-9-]+)\.amazonaws\.com(\.cn)?)\/([^@:]+)/.exec(image) ?? [];
  return host === undefined || account === undefined || region === undefined || repository === undefined
    ? undefined
    : { account, region, host, repository, partition: suffix === undefined ? "aws" : "aws-cn" };
}
