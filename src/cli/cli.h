/* The program fabplan: commands and options as tables, and what every command shares.
 *
 * A command is one file cmd_NAME.c: its options, its help, its body. Help, man page and completion are made from the same tables. Results
 * are collected in cli.out and reach standard output in one piece at the end (long ones in pieces); everything else goes to standard error at once.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_H
#define CLI_H

#include <fabplan/fabplan.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "terminal.h"

/* Exit codes of answers; those of failures are fab_status_exit_code. */
enum { CLI_EXIT_INFEASIBLE = 4, CLI_EXIT_LIMIT = 5 };

/* The values of all options of all commands: an option means the same wherever it is taken. */
struct cli_values {
    char *annotate, *book, *completion, *from, *line, *lp, *measured, *mps, *name, *output, *policy, *reports, *revalue, *scenario, *source, *stage, *start, *stop, *to, *until, *wafer, *yield; /* NULL: not given */
    double calm, confidence, time_limit_seconds, worst_gap;                                                             /* 0: not given */
    double gap, give, within;                                                                                                   /* NAN: not given */
    int64_t tested_values;                                                                                                 /* FAB_VALUES when not given */
    int64_t months, plan, release, run, seed, snapshot, wafers_per_month;                                                          /* 0: not given */
    bool csv, dry_run, equations, help, integer, json, lot_in_name, make_lots, man, no_times, quiet, replace, soft_bins, verbose, version;
    double freeze, stability; /* 0: not given */
    int64_t from_plan;        /* 0: not given */
    char *fill, *goal, *stages; /* NULL: not given */
    bool hard;
    char *budget, *contract, *customer, *cycle_time, *demand, *file, *period, *site, *tool_group; /* NULL: not given */
    double step;                                                                                 /* 0: not given */
    bool infeasible;
    bool force;
    char *robust, *shard;                     /* NULL: not given */
    int64_t draws, sweep, workers;   /* 0: not given */
    char *html, *method; /* NULL: not given */
    char *load, *size, *solver;           /* NULL: not given */
    int64_t periods, products, tool_groups; /* 0: not given */
};

enum cli_kind { CLI_FLAG, CLI_TEXT, CLI_TEXTS /* repeated ones are joined by commas */, CLI_SECONDS, CLI_FRACTION, CLI_AMOUNT /* from 0 on */, CLI_NUMBER /* from 1 on */, CLI_COUNT /* from 0 on */ };

/* What completion offers for a value: one of these, or words separated by blanks. */
#define CLI_FILE "<file>"
#define CLI_FOLDER "<folder>"

struct cli_option {
    const char *name; /* NULL ends a table */
    char letter;      /* '\0': none */
    enum cli_kind kind;
    size_t offset;        /* of the value in cli_values: bool, char *, double or int64_t after the kind */
    const char *argument; /* its name in the help; NULL for a flag */
    const char *offers;   /* CLI_FILE, CLI_FOLDER, words or NULL */
    const char *help;
};

struct cli_example {
    const char *line; /* NULL ends a table */
    const char *what;
};

struct cli;

struct cli_command {
    const char *name;
    const char *alias;    /* or NULL */
    const char *operands; /* as in the usage line */
    const char *summary;  /* one line without a full stop */
    const char *description;
    const struct cli_example *examples;
    const struct cli_option *options;
    int least_operands, most_operands; /* most -1: any number */
    int (*run)(struct cli *cli);       /* returns the exit code */
};

struct cli {
    fab_context *context;
    struct cli_terminal terminal;
    const struct cli_command *command;
    struct cli_values values;
    const char **operands; /* borrowed from the arguments */
    int operand_count;
    bool changed; /* something was stored, so that a later failure does not say that nothing was changed */
    FILE *out;    /* the results */
};

/* ---- commands.c ---- */

/* All commands in the order of the help, ended by NULL. */
extern const struct cli_command *const cli_commands[];

/* By name or alias; NULL when there is none. */
const struct cli_command *cli_find_command(const char *name);

/* The unknown command as a failure with the nearest name; returns the exit code. */
int cli_fail_command(struct cli *cli, const char *name);

/* ---- options.c ---- */

/* Options of every command: --json is not one of them. */
extern const struct cli_option cli_common_options[];

/* The options of a command and then the common ones: the one at index, NULL after the last. command may be NULL. */
const struct cli_option *cli_option_at(const struct cli_command *command, int index);

/* Reads the arguments after the program's name without the command into cli->values and cli->operands. On FAB_USAGE the message is in the
 * context. */
fab_status cli_parse(struct cli *cli, int argc, const char **argv);

/* Frees what cli_parse took. */
void cli_parse_end(struct cli *cli);

/* ---- help.c, help_files.c ---- */

void cli_print_overview(FILE *out, bool colour);
void cli_print_help(FILE *out, const struct cli_command *command, bool colour);
void cli_print_man(FILE *out);
void cli_print_bash_completion(FILE *out);

/* Exit codes and their meaning, by code: the one at index, false after the last. */
bool cli_exit_code_at(int index, int *code, const char **meaning);

/* Environment variables: name and meaning, ended by a NULL name. */
struct cli_variable {
    const char *name, *meaning;
};
extern const struct cli_variable cli_variables[];

/* ---- part.c: commands of several verbs ---- */

/* The words behind a verb. */
struct cli_words {
    const char **word;
    int count;
};

/* A verb of a command: "sweep plan". */
struct cli_part {
    const char *name, *wants; /* "add", "at least one file or folder"; name NULL ends a table */
    int least, most;          /* words behind it; most -1: any number */
    int (*run)(struct cli *cli, const struct cli_words *words);
};

/* The part of a name; NULL: there is none. */
const struct cli_part *cli_part_find(const struct cli_part parts[], const char *name);

/* The part that the operand at `place` names, and the operands behind it; the operands stay as they are. NULL, and the exit code, when it says what there is instead. */
const struct cli_part *cli_part_choose(struct cli *cli, const struct cli_part parts[], int place, struct cli_words *words, int *code);

/* ---- data.c: what commands do with their operands ---- */

/* Takes the first operand away: what is left is DATA. */
void cli_take_operand(struct cli *cli);

/* Opens the operand DATA (the first), else $FABPLAN_DATA, else fabplan.db here. */
fab_status cli_open_data(struct cli *cli, fab_access access, fab **opened);

/* The same for commands that need what a database stores: a folder is FAB_USAGE. */
fab_status cli_open_database(struct cli *cli, fab_access access, fab **opened);

/* DATA to read; with --plan what that plan was made from, of a database. */
fab_status cli_open_inputs(struct cli *cli, fab **opened);

/* The option of commands that write files. */
#define CLI_FORCE {"force", 0, CLI_FLAG, offsetof(struct cli_values, force), NULL, NULL, "also replace a file that fabplan has not made"}

/* Looks, before a long computation, whether a file can be written: its folder exists and is writable; what is there is a plain file, made by
 * fabplan (unless --force is given), and neither DATA itself nor one of the files that SQLite keeps beside it. */
fab_status cli_check_output(struct cli *cli, const char *path);

/* The same of a workbook, whose name ends in .xlsx: another is FAB_USAGE (not_a_workbook). */
fab_status cli_check_workbook(struct cli *cli, const char *path);

/* Reports the failure in the context on standard error, with what this program knows to do about it; returns the exit code. */
int cli_fail(struct cli *cli, fab_status status);

/* The exit code of a command: 0, or that of the failure, which is reported. */
int cli_finish(struct cli *cli, fab_status status);

extern const struct cli_command cli_cmd_sample, cli_cmd_calm, cli_cmd_check, cli_cmd_doctor, cli_cmd_export, cli_cmd_template, cli_cmd_help, cli_cmd_import, cli_cmd_init, cli_cmd_lots,
    cli_cmd_model, cli_cmd_optimise, cli_cmd_plan, cli_cmd_plans, cli_cmd_report, cli_cmd_show, cli_cmd_yield,
    cli_cmd_compare,
    cli_cmd_scenario, cli_cmd_sweep,
    cli_cmd_explain, cli_cmd_rank, cli_cmd_quote, cli_cmd_independence;

#endif
