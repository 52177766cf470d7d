/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli.h"

#include <string.h>

static const struct cli_option options[] = {
    {"man", 0, CLI_FLAG, offsetof(struct cli_values, man), NULL, NULL, "print the manual page (roff)"},
    {"completion", 0, CLI_TEXT, offsetof(struct cli_values, completion), "SHELL", "bash", "print the completion of a shell: bash"},
    {NULL, 0, CLI_FLAG, 0, NULL, NULL, NULL},
};

static const struct cli_example examples[] = {
    {"fabplan help optimise", "options of a command"},
    {"fabplan help --man | man -l -", "read the manual page without installing it"},
    {"eval \"$(fabplan help --completion bash)\"", "complete commands and options in this shell"},
    {NULL, NULL},
};

static int run_help(struct cli *cli)
{
    const struct cli_values *values = &cli->values;
    if (values->completion && strcmp(values->completion, "bash") != 0)
        return cli_fail(cli, fab_fail(cli->context, FAB_USAGE, "--completion '%s': the shell is: bash", values->completion));
    if (values->completion) {
        cli_print_bash_completion(cli->out);
    } else if (values->man) {
        cli_print_man(cli->out);
    } else if (cli->operand_count > 0) {
        const struct cli_command *command = cli_find_command(cli->operands[0]);
        if (!command)
            return cli_fail_command(cli, cli->operands[0]);
        cli_print_help(cli->out, command, cli->terminal.colour_out);
    } else {
        cli_print_overview(cli->out, cli->terminal.colour_out);
    }
    return 0;
}

const struct cli_command cli_cmd_help = {
    .name = "help",
    .operands = "[COMMAND]",
    .summary = "show the commands, or the options of one",
    .description = "Manual page and completion are made from the same tables as this help.",
    .examples = examples,
    .options = options,
    .most_operands = 1,
    .run = run_help,
};
