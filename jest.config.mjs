const swc = [
  "@swc/jest",
  {
    jsc: { target: "es2022", parser: { syntax: "typescript" } },
    module: { type: "commonjs" },
    sourceMaps: "inline",
  },
];

const suite = (name, options = {}) => ({
  displayName: name,
  testMatch: [`<rootDir>/test/${name}/**/*.test.ts`],
  transform: { "\\.ts$": swc, "/model/ksql/generated/.*\\.js$": swc },
  ...options,
});

export default {
  projects: [
    suite("unit"),
    suite("graph"),
    suite("sandbox", { globalSetup: "<rootDir>/test/sandbox/globalSetup.ts" }),
    // Real brokers, workers and databases: `npm run test:dataplane`, one file at a time.
    suite("dataplane", {
      globalSetup: "<rootDir>/test/dataplane/globalSetup.ts",
      testPathIgnorePatterns: ["/node_modules/", "/test/dataplane/faults/"],
    }),
    // The lake's tables and queries on Trino: `npm run test:lake`, one file at a time.
    suite("lake", { globalSetup: "<rootDir>/test/dataplane/globalSetup.ts" }),
    // What breaks on purpose, under a steady stream of writes: `npm run test:faults`.
    suite("faults", {
      testMatch: ["<rootDir>/test/dataplane/faults/**/*.test.ts"],
      globalSetup: "<rootDir>/test/dataplane/globalSetup.ts",
    }),
  ],
  testTimeout: 300_000,
  // Jest's own default leaves a core to itself; most of the time goes to the engine's processes, and on two cores that is half.
  maxWorkers: "100%",
};
