/** The zones of a region that need no opting in: three, as in most. */
export function zonesOf(region: unknown): { names: string[]; zoneIds: string[] } {
  const [continent = "", direction = "", number = ""] = String(region).split("-");
  const initials = (direction.match(/north|south|east|west|central/g) ?? []).map((word) => word.charAt(0));
  return {
    names: ["a", "b", "c"].map((letter) => `${String(region)}${letter}`),
    zoneIds: [1, 2, 3].map((zone) => `${continent}${initials.join("")}${number}-az${String(zone)}`),
  };
}
