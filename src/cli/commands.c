/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli.h"

#include "text.h"

#include <string.h>

const struct cli_command *const cli_commands[] = {
    &cli_cmd_init,  &cli_cmd_import, &cli_cmd_export, &cli_cmd_template, &cli_cmd_check, &cli_cmd_optimise, &cli_cmd_calm, &cli_cmd_show, &cli_cmd_report, &cli_cmd_plans,
    &cli_cmd_plan,
    &cli_cmd_scenario,
    &cli_cmd_compare, &cli_cmd_sweep,
    &cli_cmd_explain, &cli_cmd_rank, &cli_cmd_quote, &cli_cmd_independence,
    &cli_cmd_lots,  &cli_cmd_yield, &cli_cmd_sample,  &cli_cmd_model,  &cli_cmd_doctor, &cli_cmd_help,    NULL,
};

const struct cli_command *cli_find_command(const char *name)
{
    for (const struct cli_command *const *command = cli_commands; *command; command++)
        if (strcmp((*command)->name, name) == 0 || ((*command)->alias && strcmp((*command)->alias, name) == 0))
            return *command;
    return NULL;
}

int cli_fail_command(struct cli *cli, const char *name)
{
    struct cli_guess guess = {.wanted = name};
    for (const struct cli_command *const *command = cli_commands; *command; command++) {
        cli_guess_offer(&guess, (*command)->name);
        if ((*command)->alias)
            cli_guess_offer(&guess, (*command)->alias);
    }
    if (guess.best)
        return cli_fail(cli, fab_fail(cli->context, FAB_USAGE, "there is no command '%s'; did you mean '%s'?", name, guess.best));
    return cli_fail(cli, fab_fail(cli->context, FAB_USAGE, "there is no command '%s'; `fabplan help` lists them", name));
}
