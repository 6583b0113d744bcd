// Validates SARIF files with ajv: node sarif.cjs SCHEMA FILE…  (ajv is looked for in the working folder)
const fs = require("fs");
const { createRequire } = require("module");
const from = createRequire(process.cwd() + "/");
const Ajv = from("ajv-draft-04").default || from("ajv-draft-04");
const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false, unicodeRegExp: false });
const [schema, ...files] = process.argv.slice(2);
const validate = ajv.compile(JSON.parse(fs.readFileSync(schema, "utf8")));
let bad = 0;
for (const file of files) {
  if (validate(JSON.parse(fs.readFileSync(file, "utf8")))) continue;
  bad++;
  for (const error of validate.errors.slice(0, 5)) console.log(`${file}: ${error.instancePath} ${error.message}`);
}
process.exit(bad ? 1 : 0);
