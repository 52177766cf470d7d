/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli.h"

#include "text.h"

#include <errno.h>
#include <limits.h>
#include <popt.h>
#include <stdlib.h>
#include <string.h>

const struct cli_option cli_common_options[] = {
    {"quiet", 'q', CLI_FLAG, offsetof(struct cli_values, quiet), NULL, NULL, "no warnings, notes or progress"},
    {"verbose", 'v', CLI_FLAG, offsetof(struct cli_values, verbose), NULL, NULL, "details of the computation"},
    {"help", 'h', CLI_FLAG, offsetof(struct cli_values, help), NULL, NULL, "this help"},
    {"version", 'V', CLI_FLAG, offsetof(struct cli_values, version), NULL, NULL, "versions of fabplan and of what it is built on"},
    {NULL, 0, CLI_FLAG, 0, NULL, NULL, NULL},
};

const struct cli_option *cli_option_at(const struct cli_command *command, int index)
{
    const struct cli_option *const tables[] = {command ? command->options : NULL, cli_common_options};
    for (size_t t = 0; t < sizeof tables / sizeof *tables; t++)
        for (const struct cli_option *option = tables[t]; option && option->name; option++)
            if (index-- == 0)
                return option;
    return NULL;
}

/* ---- values ---- */

static void *value_of(struct cli *cli, const struct cli_option *option)
{
    return (char *)&cli->values + option->offset;
}

static fab_status fail_value(struct cli *cli, const struct cli_option *option, const char *text, const char *rule)
{
    return fab_fail(cli->context, FAB_USAGE, "--%s '%s': %s", option->name, text, rule);
}

/* Takes plain decimals only: no sign, exponent, nan, inf or hex, which strtod would read. */
static fab_status set_seconds(struct cli *cli, const struct cli_option *option, const char *text)
{
    char *end;
    double seconds = strtod(text, &end);
    if (strspn(text, "0123456789.") != strlen(text) || *end || end == text || seconds <= 0)
        return fail_value(cli, option, text, "not a number of seconds above 0");
    *(double *)value_of(cli, option) = seconds;
    return FAB_OK;
}

static fab_status set_fraction(struct cli *cli, const struct cli_option *option, const char *text)
{
    char *end;
    double fraction = strtod(text, &end);
    if (strspn(text, "0123456789.") != strlen(text) || *end || end == text || fraction <= 0 || fraction >= 1)
        return fail_value(cli, option, text, "not a number between 0 and 1");
    *(double *)value_of(cli, option) = fraction;
    return FAB_OK;
}

static fab_status set_amount(struct cli *cli, const struct cli_option *option, const char *text)
{
    char *end;
    double amount = strtod(text, &end);
    if (strspn(text, "0123456789.") != strlen(text) || *end || end == text)
        return fail_value(cli, option, text, "not a number from 0 on");
    *(double *)value_of(cli, option) = amount;
    return FAB_OK;
}

static fab_status set_number(struct cli *cli, const struct cli_option *option, const char *text, long long least)
{
    char *end;
    errno = 0;
    long long number = strtoll(text, &end, 10);
    if (strspn(text, "0123456789") != strlen(text) || *end || end == text || errno || number < least || (least == 0 && number > INT_MAX))
        return fail_value(cli, option, text, least > 0 ? "not a whole number from 1 on" : "not a whole number from 0 on");
    *(int64_t *)value_of(cli, option) = number;
    return FAB_OK;
}

/* text is the option's to keep or free. */
static fab_status set_value(struct cli *cli, const struct cli_option *option, char *text)
{
    fab_status status = FAB_OK;
    if (!text && option->kind != CLI_FLAG) /* popt could not copy it */
        return fab_fail_memory(cli->context);
    switch (option->kind) {
    case CLI_FLAG: *(bool *)value_of(cli, option) = true; break;
    case CLI_SECONDS: status = set_seconds(cli, option, text); break;
    case CLI_FRACTION: status = set_fraction(cli, option, text); break;
    case CLI_AMOUNT: status = set_amount(cli, option, text); break;
    case CLI_NUMBER: status = set_number(cli, option, text, 1); break;
    case CLI_COUNT: status = set_number(cli, option, text, 0); break;
    case CLI_TEXTS:
        if (*text && *(char **)value_of(cli, option)) {
            char *joined = cli_text_format("%s,%s", *(char **)value_of(cli, option), text);
            free(text);
            text = joined;
            if (!text)
                return fab_fail_memory(cli->context);
        }
        /* fall through */
    case CLI_TEXT:
        if (!*text) {
            status = fab_fail(cli->context, FAB_USAGE, "--%s: %s is empty", option->name, option->argument);
            break;
        }
        free(*(char **)value_of(cli, option));
        *(char **)value_of(cli, option) = text;
        return FAB_OK;
    }
    free(text);
    return status;
}

/* ---- popt ---- */

static int count_options(const struct cli_command *command)
{
    int count = 0;
    while (cli_option_at(command, count))
        count++;
    return count;
}

/* The table that popt reads: each option's value is 1 + its index. */
static struct poptOption *make_popt_table(const struct cli_command *command)
{
    int count = count_options(command);
    struct poptOption *table = calloc((size_t)count + 1, sizeof *table);
    for (int i = 0; table && i < count; i++) {
        const struct cli_option *option = cli_option_at(command, i);
        table[i].longName = option->name;
        table[i].shortName = option->letter;
        table[i].argInfo = option->kind == CLI_FLAG ? POPT_ARG_NONE : POPT_ARG_STRING;
        table[i].val = i + 1;
    }
    return table;
}

static fab_status fail_unknown(struct cli *cli, const char *given)
{
    const char *name = cli->command ? cli->command->name : "", *colon = cli->command ? ": " : "", *blank = cli->command ? " " : "";
    const char *word = given + strspn(given, "-");
    char *wanted = strndup(word, strcspn(word, "="));
    struct cli_guess guess = {.wanted = wanted};
    fab_status status;
    for (int i = 0; wanted && cli_option_at(cli->command, i); i++)
        cli_guess_offer(&guess, cli_option_at(cli->command, i)->name);
    if (!wanted)
        status = fab_fail_memory(cli->context);
    else if (guess.best)
        status = fab_fail(cli->context, FAB_USAGE, "%s%sthere is no option '%s'; did you mean --%s?", name, colon, given, guess.best);
    else
        status = fab_fail(cli->context, FAB_USAGE, "%s%sthere is no option '%s'; `fabplan help%s%s` lists them", name, colon, given, blank,
                          name);
    free(wanted);
    return status;
}

static fab_status fail_popt(struct cli *cli, poptContext popt, int code)
{
    const char *given = poptBadOption(popt, POPT_BADOPTION_NOALIAS);
    switch (code) {
    case POPT_ERROR_BADOPT: return fail_unknown(cli, given);
    case POPT_ERROR_NOARG: return fab_fail(cli->context, FAB_USAGE, "%s needs a value", given);
    case POPT_ERROR_UNWANTEDARG: return fab_fail(cli->context, FAB_USAGE, "%s takes no value", given);
    case POPT_ERROR_MALLOC: return fab_fail_memory(cli->context);
    default: return fab_fail(cli->context, FAB_USAGE, "%s: %s", given, poptStrerror(code));
    }
}

/* The words that are no options, borrowed from the arguments: popt's own copies end with its context. */
static fab_status take_operands(struct cli *cli, poptContext popt, int argc, const char **argv)
{
    const char **words = poptGetArgs(popt);
    cli->operands = calloc((size_t)argc + 1, sizeof *cli->operands);
    if (!cli->operands)
        return fab_fail_memory(cli->context);
    for (int i = 1; words && *words && i < argc; i++)
        if (strcmp(*words, argv[i]) == 0) {
            cli->operands[cli->operand_count++] = argv[i];
            words++;
        }
    return FAB_OK;
}

fab_status cli_parse(struct cli *cli, int argc, const char **argv)
{
    struct poptOption *table = make_popt_table(cli->command);
    poptContext popt = table ? poptGetContext(NULL, argc, argv, table, 0) : NULL;
    fab_status status = popt ? FAB_OK : fab_fail_memory(cli->context);
    while (status == FAB_OK) {
        int code = poptGetNextOpt(popt);
        if (code > 0) {
            status = set_value(cli, cli_option_at(cli->command, code - 1), poptGetOptArg(popt));
            continue;
        }
        status = code == -1 ? take_operands(cli, popt, argc, argv) : fail_popt(cli, popt, code);
        break;
    }
    poptFreeContext(popt);
    free(table);
    return status;
}

void cli_parse_end(struct cli *cli)
{
    for (int i = 0; cli_option_at(cli->command, i); i++)
        if (cli_option_at(cli->command, i)->kind == CLI_TEXT || cli_option_at(cli->command, i)->kind == CLI_TEXTS)
            free(*(char **)value_of(cli, cli_option_at(cli->command, i)));
    free(cli->operands);
}
