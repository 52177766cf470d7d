/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli.h"

#include "output.h"
#include "signals.h"

#include <math.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SIGNAL_EXIT = 128 /* exit code of a signal: this and its number */ };

/* A closed standard stream would give its number to the next file opened, and a result would be written into a database. Such a stream
 * becomes one that can be neither read nor written with profit: output to it fails. */
static void occupy_standard_streams(void)
{
    for (int descriptor = STDIN_FILENO; descriptor <= STDERR_FILENO; descriptor++)
        if (fcntl(descriptor, F_GETFD) < 0 && errno == EBADF)
            (void)!open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

/* Takes the first argument that is no option out of the arguments: the command. NULL when there is none. */
static const char *take_command(int *argc, const char **argv)
{
    for (int i = 1; i < *argc; i++) {
        if (argv[i][0] == '-' && argv[i][1])
            continue;
        const char *name = argv[i];
        memmove(argv + i, argv + i + 1, sizeof *argv * (size_t)(*argc - i));
        --*argc;
        return name;
    }
    return NULL;
}

static int run_without_command(struct cli *cli)
{
    if (cli->values.version)
        return cli_print_versions(cli);
    if (!cli->values.help) {
        cli_print_overview(stderr, cli->terminal.colour_error);
        return fab_status_exit_code(FAB_USAGE);
    }
    cli_print_overview(cli->out, cli->terminal.colour_out);
    return 0;
}

static int check_operands(struct cli *cli)
{
    const struct cli_command *command = cli->command;
    int count = cli->operand_count;
    if (count < command->least_operands)
        return cli_fail(cli, fab_fail(cli->context, FAB_USAGE, "%s: something is missing: usage: fabplan %s %s", command->name,
                                      command->name, command->operands));
    if (command->most_operands >= 0 && count > command->most_operands)
        return cli_fail(cli, fab_fail(cli->context, FAB_USAGE, "%s: '%s' is one too many: usage: fabplan %s %s", command->name,
                                      cli->operands[command->most_operands], command->name, command->operands));
    return 0;
}

static int run(struct cli *cli, int argc, const char **argv)
{
    const char *name = take_command(&argc, argv);
    cli->command = name ? cli_find_command(name) : NULL;
    if (name && !cli->command)
        return cli_fail_command(cli, name);
    fab_status status = cli_parse(cli, argc, argv);
    cli->terminal.quiet = cli->values.quiet;
    cli->terminal.verbose = cli->values.verbose;
    if (status != FAB_OK)
        return cli_fail(cli, status);
    if (!cli->command || cli->values.version)
        return run_without_command(cli);
    if (cli->values.help) {
        cli_print_help(cli->out, cli->command, cli->terminal.colour_out);
        return 0;
    }
    int code = check_operands(cli);
    return code ? code : cli->command->run(cli);
}

#if defined(__SANITIZE_ADDRESS__)
/* libxlsxwriter 1.1.4 loses a text of every rule for cells (data validation) when it closes a workbook. */
#define FOR_THE_CHECKER __attribute__((visibility("default")))
FOR_THE_CHECKER const char *__lsan_default_suppressions(void);
FOR_THE_CHECKER const char *__lsan_default_options(void);

const char *__lsan_default_suppressions(void)
{
    return "leak:lxw_strdup\n";
}

const char *__lsan_default_options(void)
{
    return "print_suppressions=0";
}
#endif

/* Not all results could be written. Whoever ends a pipe early has read enough: no word about it. */
static int fail_results(struct cli *cli)
{
    if (errno == EPIPE)
        return SIGNAL_EXIT + SIGPIPE;
    return cli_fail(cli, errno == ENOMEM ? fab_fail_memory(cli->context) : fab_fail(cli->context, FAB_OUTPUT, "standard output: %s", strerror(errno)));
}

int main(int argc, char **argv)
{
    struct cli cli = {.context = fab_context_new(), .values = {.gap = (double)NAN, .give = (double)NAN, .within = (double)NAN, .tested_values = FAB_VALUES, .worst_gap = FAB_WORST_GAP}};
    struct cli_output output = {0};
    int code = fab_status_exit_code(FAB_NO_MEMORY);
    const char **arguments = calloc((size_t)argc + 1, sizeof *arguments);
    occupy_standard_streams();
    cli_terminal_init(&cli.terminal, cli.context);
    if (!cli.context || !arguments || !cli_output_begin(&output, STDOUT_FILENO)) {
        cli_terminal_fail(&cli.terminal, fab_status_text(FAB_NO_MEMORY), "");
        goto out;
    }
    memcpy(arguments, argv, sizeof *arguments * (size_t)argc);
    fab_context_set_sink(cli.context, cli_terminal_sink, &cli.terminal);
    cli_signals_install(cli.context);
    cli.out = output.stream;
    code = run(&cli, argc, arguments);
    cli_terminal_clear(&cli.terminal);
    if (code == fab_status_exit_code(FAB_INTERRUPTED) && cli_signals_caught())
        code = SIGNAL_EXIT + cli_signals_caught();
    else if (!cli_output_write(&output))
        code = fail_results(&cli);
out:
    cli_output_end(&output);
    cli_parse_end(&cli);
    cli_signals_end();
    fab_context_free(cli.context);
    free(arguments);
    return code;
}
