/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli.h"

#include <string.h>

const struct cli_variable cli_variables[] = {
    {"FABPLAN_DATA", "the planning database or folder of CSV files, when no DATA is named"},
    {"NO_COLOR", "no colour, when it is set and not empty"},
    {NULL, NULL},
};

bool cli_exit_code_at(int index, int *code, const char **meaning)
{
    static const struct {
        int code;
        const char *meaning;
    } rows[] = {
        {0, "done"},
        {1, "internal error, or out of memory"},
        {2, "wrong usage"},
        {3, "the input has findings"},
        {CLI_EXIT_INFEASIBLE, "no plan exists"},
        {CLI_EXIT_LIMIT, "time limit reached without a plan"},
        {6, "the plan failed its check; it is not stored"},
        {7, "the database is damaged, foreign or newer than the program"},
        {8, "the database is busy"},
        {9, "the output could not be written"},
        {130, "interrupted; 143 when terminated"},
    };
    if (index < 0 || index >= (int)(sizeof rows / sizeof *rows))
        return false;
    *code = rows[index].code;
    *meaning = rows[index].meaning;
    return true;
}

static void print_head(FILE *out, const char *head, bool colour)
{
    fprintf(out, "\n%s%s%s\n", colour ? "\033[1m" : "", head, colour ? "\033[0m" : "");
}

/* One line of two columns. */
static void print_pair(FILE *out, int width, const char *left, const char *right)
{
    fprintf(out, "  %-*s  %s\n", width, left, right);
}

void cli_print_overview(FILE *out, bool colour)
{
    int width = 0, code = 0;
    const char *meaning = NULL;
    for (int c = 0; cli_commands[c]; c++)
        width = (int)strlen(cli_commands[c]->name) > width ? (int)strlen(cli_commands[c]->name) : width;
    fputs("fabplan - yield and capacity planning for semiconductor fabs\n", out);
    print_head(out, "Example", colour);
    fputs("  fabplan optimise data/terafab -o plan.xlsx\n", out);
    print_head(out, "Usage", colour);
    fputs("  fabplan COMMAND [DATA] [options]\n\n"
          "  DATA is a planning database or a folder of CSV files. Without it: $FABPLAN_DATA, then fabplan.db here.\n",
          out);
    print_head(out, "Commands", colour);
    for (int c = 0; cli_commands[c]; c++)
        print_pair(out, width, cli_commands[c]->name, cli_commands[c]->summary);
    print_head(out, "Exit codes", colour);
    for (int i = 0; cli_exit_code_at(i, &code, &meaning); i++)
        fprintf(out, "  %3d  %s\n", code, meaning);
    fputs("\n`fabplan help COMMAND` shows the options of a command.\n", out);
}

/* "-o, --output FILE.xlsx" as it stands in the help; returns its length. out NULL only measures. */
static int print_option_name(FILE *out, const struct cli_option *option)
{
    const char *blank = option->argument ? " " : "", *argument = option->argument ? option->argument : "";
    int length = (int)(strlen("-o, --") + strlen(option->name) + strlen(blank) + strlen(argument));
    if (out && option->letter)
        fprintf(out, "-%c, --%s%s%s", option->letter, option->name, blank, argument);
    else if (out)
        fprintf(out, "    --%s%s%s", option->name, blank, argument);
    return length;
}

static void print_options(FILE *out, const struct cli_command *command)
{
    int width = 0;
    for (int i = 0; cli_option_at(command, i); i++) {
        int length = print_option_name(NULL, cli_option_at(command, i));
        width = length > width ? length : width;
    }
    for (int i = 0; cli_option_at(command, i); i++) {
        const struct cli_option *option = cli_option_at(command, i);
        fputs("  ", out);
        int length = print_option_name(out, option);
        fprintf(out, "%*s  %s\n", width - length, "", option->help);
    }
}

void cli_print_help(FILE *out, const struct cli_command *command, bool colour)
{
    int width = 0;
    fprintf(out, "fabplan %s - %s\n", command->name, command->summary);
    for (const struct cli_example *example = command->examples; example->line; example++)
        width = (int)strlen(example->line) > width ? (int)strlen(example->line) : width;
    print_head(out, "Examples", colour);
    for (const struct cli_example *example = command->examples; example->line; example++)
        print_pair(out, width, example->line, example->what);
    print_head(out, "Usage", colour);
    fprintf(out, "  fabplan %s %s [options]\n", command->name, command->operands);
    if (command->alias)
        fprintf(out, "  fabplan %s is the same command.\n", command->alias);
    fprintf(out, "\n%s\n", command->description);
    print_head(out, "Options", colour);
    print_options(out, command);
}
