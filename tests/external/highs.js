// SPDX-License-Identifier: GPL-3.0-or-later
// The program `highs` on the npm package of that name, as far as fabplan calls it: --model_file, --solution_file and --options_file. HIGHS_PACKAGE is the package's folder.
"use strict";
const fs = require("fs");

function given(name) {
  const place = process.argv.indexOf(name);
  return place > 0 ? process.argv[place + 1] : null;
}

function options(path) {
  const set = {};
  for (const line of path ? fs.readFileSync(path, "utf8").split("\n") : []) {
    const [name, value] = line.split("=").map((word) => word.trim());
    if (value !== undefined && name !== "write_solution_style") set[name] = isNaN(value) ? value : Number(value);
  }
  return set;
}

require(process.env.HIGHS_PACKAGE)({ print: console.log, printErr: console.error }).then((highs) => {
  console.log("Running HiGHS " + highs.raw.version().string);
  const model = highs.createModel({ format: "mps", data: fs.readFileSync(given("--model_file")) });
  model.options.set(options(given("--options_file")));
  model.run();
  fs.writeFileSync(given("--solution_file"), model.exportSolution(false));
  console.log("HiGHS run time : " + model.getRunTime());
}).catch((error) => { console.error(String(error)); process.exit(1); });
