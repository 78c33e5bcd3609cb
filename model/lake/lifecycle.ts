/** When objects move to where they cost less, and when they go. */
export interface LifecycleRule {
  readonly id: string;
  readonly status: "Enabled";
  readonly filter: { readonly prefix: string };
  readonly transitions?: { days: number; storageClass: string }[];
  readonly expiration?: { readonly days: number };
  readonly noncurrentVersionExpiration?: { readonly noncurrentDays: number };
  readonly abortIncompleteMultipartUpload?: { readonly daysAfterInitiation: number };
}

/** Days after which S3 looks which objects are read: those that are not move by themselves, and reading them costs nothing. */
const tierDays = 30;
/** Days for which what was overwritten or deleted by mistake can be had back. */
const mistakeDays = 30;

/** @param keepDays after which files are deleted; 0: never */
export function lifecycleRules({ keepDays, ephemeral }: { keepDays: number; ephemeral: boolean }): LifecycleRule[] {
  const everything = { status: "Enabled", filter: { prefix: "" } } as const;
  const isTiered = !ephemeral && (keepDays === 0 || keepDays > tierDays);
  return [
    // What a task that died had begun to write is paid for, and never seen.
    { id: "uploads", ...everything, abortIncompleteMultipartUpload: { daysAfterInitiation: ephemeral ? 1 : 7 } },
    ...(isTiered
      ? [{ id: "tiers", ...everything, transitions: [{ days: tierDays, storageClass: "INTELLIGENT_TIERING" }] }]
      : []),
    ...(keepDays > 0 ? [{ id: "expiry", ...everything, expiration: { days: keepDays } }] : []),
    ...(ephemeral
      ? []
      : [{ id: "versions", ...everything, noncurrentVersionExpiration: { noncurrentDays: mistakeDays } }]),
  ];
}
