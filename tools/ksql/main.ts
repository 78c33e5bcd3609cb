import { generateKsqlParser } from "./generate.ts";

generateKsqlParser("model/ksql/generated");
