/* The library speaks of plans, tables and requests; this is what to do about it with this program.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "hints.h"

#include <stddef.h>
#include <string.h>

static const struct {
    const char *code, *hint;
} hints[] = {
    {"no_fill", ": --fill CUSTOMER=SHARE"},
    {"no_history", "; `fabplan sample history` makes one to try things with"},
    {"no_lot_source", "; --source gives it"},
    {"no_optimal_plan", " (--plan)"},
    {"no_plan", "; `fabplan optimise` makes one"},
    {"no_released_plan", ": `fabplan plans --release N` releases one, --from-plan names one"},
    {"no_draws", ": --draws N"},
    {"no_snapshot", "; `fabplan yield fit` makes one"},
    {"no_sweep", "; `fabplan sweep merge` stores one"},
    {"no_sweep_folder", "; `fabplan sweep plan` makes one"},
    {"no_tools_yet", ": --until DATE gives a later end"},
    {"no_wafer_name", "; --wafer gives it"},
    {"no_solver", "; --solver names one that is installed (Debian: coinor-clp, coinor-cbc), or leave it out"},
    {"nothing_held", ": --freeze DAYS or --stability WEIGHT says what"},
    {"out_of_scale", ": see `fabplan check`"},
    {"report_not_inputs", "; `fabplan template DATA -o FILE.xlsx` makes one"},
    {"solver_failed", "; --verbose prints what it said"},
    {"solver_refused", "; without --solver fabplan solves by itself"},
    {"unknown_plan", "; `fabplan plans` lists them"},
    {"unknown_scenario", "; `fabplan scenario DATA list` lists them"},
    {"unknown_wafers", "; --make-lots does so"},
    {"wip_waits", "; --verbose names them"},
};

const char *cli_hint(const char *code)
{
    for (size_t h = 0; h < sizeof hints / sizeof *hints; h++)
        if (strcmp(hints[h].code, code) == 0)
            return hints[h].hint;
    return "";
}

const char *cli_hint_prefix(const char *code)
{
    static const char member[] = "request.";
    return strncmp(code, member, sizeof member - 1) == 0 ? "--" : "";
}
