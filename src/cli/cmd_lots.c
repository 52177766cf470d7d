/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output.h"

#include "try.h"

#include <fabplan/history.h>

static const struct cli_option options[] = {
    {"line", 0, CLI_TEXT, offsetof(struct cli_values, line), "LINE", NULL, "only this line"},
    {"source", 0, CLI_TEXT, offsetof(struct cli_values, source), "SOURCE", NULL, "only lots of this source (tool states are of all)"},
    {"from", 0, CLI_TEXT, offsetof(struct cli_values, from), "DATE", NULL,
     "finishes, starts, holds, scrap and tool states from this day on"},
    {"to", 0, CLI_TEXT, offsetof(struct cli_values, to), "DATE", NULL, "and before this one"},
    {"json", 0, CLI_FLAG, offsetof(struct cli_values, json), NULL, NULL, "print JSON (fabplan.lots/1)"},
    {NULL, 0, CLI_FLAG, 0, NULL, NULL, NULL},
};

static const struct cli_example examples[] = {
    {"fabplan lots fab.db", "work in process, cycle times, losses, tools"},
    {"fabplan lots fab.db --line LOGIC --from 2028-01", "one line, from January 2028 on"},
    {NULL, NULL},
};

static int run_lots(struct cli *cli)
{
    const struct cli_values *values = &cli->values;
    const fab_lots_request request = {.line = values->line, .source = values->source, .from = values->from, .to = values->to, .whole = values->json};
    fab_status status;
    fab *opened = NULL;
    fab_result *result = NULL;
    TRY(cli_open_data(cli, FAB_READ, &opened));
    TRY(fab_lots_summary(cli->context, opened, &request, &result));
    TRY(cli_print_result(cli, result));
out:
    fab_result_free(result);
    fab_close(opened);
    return cli_finish(cli, status);
}

const struct cli_command cli_cmd_lots = {
    .name = "lots",
    .alias = "history",
    .operands = "[DATA]",
    .summary = "lots, work in process, cycle times, losses, tool states",
    .description = "Work in process and open holds are those at the last event of the history (as of).\n"
                   "Cycle time: from the start of a lot to its last move_out or ship. X-factor: mean cycle time over the raw process time, "
                   "which is the tool time\n"
                   "of a whole lot through its route, one tool at a time. Line yield: wafers out over wafers out and scrapped, by month of "
                   "the start, once\n"
                   "nine tenths of a month's wafers have met their fate; lots that were split count with the lot they come from.\n"
                   "Scrap: the 20 steps and reasons that lost most; --json and --source have all.\n"
                   "Tools, by the six basic states of SEMI E10: availability = uptime / (total - nonscheduled time), uptime = productive + "
                   "standby + engineering;\n"
                   "utilisation = productive / (total - nonscheduled time); OEE = productive / total time, which is that of SEMI E79 with "
                   "rate and quality\n"
                   "efficiency 1, since the history does not tell them.\n"
                   "Stops: how long a tool is down for one cause, and hours from the end of a stop to the start of the next (wafers, where the data "
                   "have the cause by units).\n"
                   "A batch is the lots of one move_in time on one tool, a setup a change of route or step between two move_ins of a tool.",
    .examples = examples,
    .options = options,
    .most_operands = 1,
    .run = run_lots,
};
