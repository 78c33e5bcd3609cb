import type { Cloud } from "./regions.ts";

/**
 * List prices in dollars a GB for what leaves a region of a cloud, for the first 10 TB a month, from regions in the United
 * States and Europe; others cost more. From the clouds' own pages by way of several comparisons of 2026.
 */
export const egressPrices: Readonly<Record<Cloud, { readonly toRegion: number; readonly toInternet: number }>> = {
  AWS: { toRegion: 0.02, toInternet: 0.09 },
  GCP: { toRegion: 0.02, toInternet: 0.12 },
  AZURE: { toRegion: 0.02, toInternet: 0.087 },
};

/** Month in which those were read. */
export const pricesOf = "2026-06";
