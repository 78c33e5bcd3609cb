import pulumi from "@pulumi/eslint-plugin";
import importX from "eslint-plugin-import-x";
import tseslint from "typescript-eslint";

/**
 * Imports point one way: index -> components -> model; sandbox, tools, policy and dataplane read the program, never the
 * reverse. What dataplane/ starts, tests and tools look at.
 */
const oneWay = {
  zones: [
    {
      target: "./model",
      from: [
        "./components",
        "./providers",
        "./sandbox",
        "./tools",
        "./policy",
        "./dataplane",
        "./test",
        "./config.ts",
        "./config",
        "./connect.ts",
        "./lake.ts",
        "./sources.ts",
        "./streams.ts",
        "./targets.ts",
        "./warehouse.ts",
        "./index.ts",
        "./pipeline.ts",
      ],
      message: "model/ is pure: it imports nothing outside itself.",
    },
    {
      target: "./components",
      from: [
        "./sandbox",
        "./tools",
        "./policy",
        "./dataplane",
        "./test",
        "./config.ts",
        "./config",
        "./connect.ts",
        "./lake.ts",
        "./sources.ts",
        "./streams.ts",
        "./targets.ts",
        "./warehouse.ts",
        "./index.ts",
        "./pipeline.ts",
      ],
      message: "A component gets what it needs as arguments; it imports model/ and other components.",
    },
    {
      target: [
        "./config.ts",
        "./config",
        "./connect.ts",
        "./lake.ts",
        "./sources.ts",
        "./streams.ts",
        "./targets.ts",
        "./warehouse.ts",
        "./pipeline.ts",
        "./index.ts",
        "./stacks.ts",
        "./providers",
        "./image/connect/reconcile",
        "./image/connect/secrets",
      ],
      from: ["./sandbox", "./tools", "./policy", "./dataplane", "./test"],
      message: "The program never imports what only looks at it.",
    },
    {
      target: ["./providers", "./image"],
      from: [
        "./components",
        "./config.ts",
        "./config",
        "./connect.ts",
        "./lake.ts",
        "./sources.ts",
        "./streams.ts",
        "./targets.ts",
        "./warehouse.ts",
        "./index.ts",
        "./pipeline.ts",
      ],
      message: "A provider acts on what it is given; the image runs far from the program.",
    },
    {
      target: "./dataplane",
      from: ["./tools", "./test", "./sandbox"],
      message: "dataplane/ starts engines; whoever needs them imports it, never the reverse.",
    },
    {
      target: "./pipeline.ts",
      from: ["./components", "./config.ts", "./config", "./index.ts"],
      message: "pipeline.ts declares; it imports model/ only.",
    },
  ],
};

export default tseslint.config(
  { ignores: ["node_modules/", ".sandbox/", "coverage/", "model/ksql/generated/"] },
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    plugins: { "@pulumi": pulumi, "import-x": importX },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@pulumi/no-output-in-template-literal": "error",
      "@pulumi/no-output-instance-in-template-literal": "error",
      "import-x/no-restricted-paths": ["error", oneWay],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
    },
  },
  {
    files: ["model/**/*.ts"],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          // Of Node, only what reads and hashes keys: it touches nothing outside either.
          patterns: [{ regex: "^(@pulumi|node:(?!crypto$))", message: "model/ is pure: no engine, no files." }],
        },
      ],
    },
  },
);
