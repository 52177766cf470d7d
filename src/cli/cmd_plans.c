/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output.h"

#include "try.h"

static const struct cli_option options[] = {
    {"release", 0, CLI_NUMBER, offsetof(struct cli_values, release), "N", NULL, "mark plan N as the one that counts"},
    {"json", 0, CLI_FLAG, offsetof(struct cli_values, json), NULL, NULL, "print the plans as JSON (fabplan.plans/1)"},
    {NULL, 0, CLI_FLAG, 0, NULL, NULL, NULL},
};

static const struct cli_example examples[] = {
    {"fabplan plans fab.db", "the stored plans, newest last"},
    {"fabplan plans fab.db --release 3", "report and show take plan 3 from now on, whatever is planned after it"},
    {NULL, NULL},
};

/* Said on its own: what follows is the list. */
static fab_status release(struct cli *cli, fab *opened)
{
    fab_status status = FAB_OK;
    if (cli->values.release == 0)
        return FAB_OK;
    TRY(fab_plan_release(cli->context, opened, cli->values.release));
    cli->changed = true;
    fab_say(cli->context, FAB_LEVEL_NOTE, "plan %lld is released", (long long)cli->values.release);
out:
    return status;
}

static int run_plans(struct cli *cli)
{
    fab_status status;
    fab *opened = NULL;
    fab_result *plans = NULL;
    TRY(cli_open_database(cli, cli->values.release > 0 ? FAB_WRITE : FAB_READ, &opened));
    TRY(release(cli, opened));
    TRY(fab_plans(cli->context, opened, &plans));
    TRY(cli_print_result(cli, plans));
    if (!cli->values.json && fab_table_rows(fab_result_table(plans, "plans")) == 0)
        fab_say_as(cli->context, FAB_LEVEL_NOTE, "no_plan", "no plan is stored yet");
out:
    fab_result_free(plans);
    fab_close(opened);
    return cli_finish(cli, status);
}

const struct cli_command cli_cmd_plans = {
    .name = "plans",
    .operands = "[DATA]",
    .summary = "list the stored plans; say which one counts",
    .description = "Plans are never changed once they are stored. Two plans with the same inputs sha256 were made from the same inputs.\n"
                   "Commands that read a stored plan take the released one, else the newest optimal one, unless --plan names another.",
    .examples = examples,
    .options = options,
    .most_operands = 1,
    .run = run_plans,
};
