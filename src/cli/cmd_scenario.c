/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output.h"

#include "try.h"

#include <string.h>

static const struct cli_option options[] = {
    {"json", 0, CLI_FLAG, offsetof(struct cli_values, json), NULL, NULL, "print JSON (fabplan.scenarios/1; show: fabplan.scenario/1)"},
    {NULL, 0, CLI_FLAG, 0, NULL, NULL, NULL},
};

static const struct cli_example examples[] = {
    {"fabplan scenario fab.db add data/terafab-scenarios", "store the scenarios of a folder, or of a file"},
    {"fabplan scenario fab.db list", "what is stored"},
    {"fabplan scenario fab.db show kr_stop_2q", "its changes, and what they change of the data"},
    {"fabplan optimise fab.db --scenario kr_stop_2q", "a plan with it"},
    {NULL, NULL},
};

static int run_add(struct cli *cli, const struct cli_words *words)
{
    fab_status status;
    fab *opened = NULL;
    fab_result *added = NULL;
    TRY(cli_open_database(cli, FAB_WRITE, &opened));
    TRY(fab_scenario_add(cli->context, opened, words->word, words->count, &added));
    cli->changed = true;
    TRY(cli_print_result(cli, added));
out:
    fab_result_free(added);
    fab_close(opened);
    return cli_finish(cli, status);
}

static int run_list(struct cli *cli, const struct cli_words *words)
{
    (void)words;
    fab_status status;
    fab *opened = NULL;
    fab_result *list = NULL;
    TRY(cli_open_data(cli, FAB_READ, &opened));
    TRY(fab_scenario_list(cli->context, opened, &list));
    TRY(cli_print_result(cli, list));
    if (!cli->values.json && fab_table_rows(fab_result_table(list, "scenarios")) == 0)
        fab_say(cli->context, FAB_LEVEL_NOTE, "there are no scenarios yet");
out:
    fab_result_free(list);
    fab_close(opened);
    return cli_finish(cli, status);
}

static int run_show(struct cli *cli, const struct cli_words *words)
{
    fab_status status;
    fab *opened = NULL;
    fab_result *shown = NULL;
    TRY(cli_open_data(cli, FAB_READ, &opened));
    TRY(fab_scenario_show(cli->context, opened, words->word[0], &shown));
    TRY(cli_print_result(cli, shown));
out:
    fab_result_free(shown);
    fab_close(opened);
    return cli_finish(cli, status);
}

static const struct cli_part parts[] = {
    {"add", "files of changes, or folders of them", 1, -1, run_add},
    {"list", "nothing more", 0, 0, run_list},
    {"show", "one scenario, or several as A,B", 1, 1, run_show},
    {NULL, NULL, 0, 0, NULL},
};

/* DATA comes first, but where it is the environment's. */
static int run_scenario(struct cli *cli)
{
    struct cli_words words;
    int place = cli_part_find(parts, cli->operands[0]) ? 0 : 1, code = 0;
    const struct cli_part *part = cli_part_choose(cli, parts, place, &words, &code);
    cli->operand_count = part ? place : cli->operand_count;
    return part ? part->run(cli, &words) : code;
}

const struct cli_command cli_cmd_scenario = {
    .name = "scenario",
    .operands = "[DATA] add FILE|FOLDER... | list | show A,B",
    .summary = "named lists of changes to plan with: store, list, show them",
    .description = "A scenario is rows of a CSV file: scenario, number, table, key, column, operation (set, scale, add, shift, insert, delete), value, from, to, basis.\n"
                   "add applies each to the data first: whatever is wrong is FILE:LINE:COLUMN, and nothing is stored (exit code 3). A stored scenario of the same\n"
                   "name is replaced. Of a folder DATA the scenarios are the files of DATA/scenarios. show says what the changes do to the rows of the data.",
    .examples = examples,
    .options = options,
    .least_operands = 1,
    .most_operands = -1,
    .run = run_scenario,
};
