/* Help as files: the manual page and the completion of bash, from the same tables as the help on the terminal.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli.h"

#include <fabplan/version.h>
#include <string.h>

/* ---- manual page (man(7)) ---- */

/* Text with the characters that roff reads as its own made plain; every line of it is one line of the page's source. */
static void print_roff(FILE *out, const char *text)
{
    bool line_start = true;
    for (const char *c = text; *c; c++) {
        if (line_start && (*c == '.' || *c == '\''))
            fputs("\\&", out);
        line_start = *c == '\n';
        switch (*c) {
        case '\\': fputs("\\e", out); break;
        case '-': fputs("\\-", out); break;
        case '\'': fputs("\\(aq", out); break;
        case '`': fputs("\\(ga", out); break;
        default: fputc(*c, out);
        }
    }
}

/* A paragraph with a hanging head: the head in bold, then its text. */
static void print_item(FILE *out, const char *head, const char *text)
{
    fputs(".TP\n\\fB", out);
    print_roff(out, head);
    fputs("\\fR\n", out);
    print_roff(out, text);
    fputc('\n', out);
}

static void print_man_option(FILE *out, const struct cli_option *option)
{
    fputs(".TP\n\\fB", out);
    if (option->letter)
        fprintf(out, "\\-%c\\fR, \\fB", option->letter);
    fputs("\\-\\-", out);
    print_roff(out, option->name);
    fputs("\\fR", out);
    if (option->argument) {
        fputs(" \\fI", out);
        print_roff(out, option->argument);
        fputs("\\fR", out);
    }
    fputc('\n', out);
    print_roff(out, option->help);
    fputc('\n', out);
}

static void print_man_command(FILE *out, const struct cli_command *command)
{
    fprintf(out, ".SS \"fabplan %s ", command->name);
    print_roff(out, command->operands);
    fputs("\"\n", out);
    print_roff(out, command->summary);
    fputs(".\n.PP\n", out);
    if (command->alias)
        fprintf(out, "\\fB%s\\fR is the same command.\n", command->alias);
    print_roff(out, command->description);
    fputc('\n', out);
    for (const struct cli_option *option = command->options; option && option->name; option++)
        print_man_option(out, option);
}

static void print_man_examples(FILE *out)
{
    for (int c = 0; cli_commands[c]; c++)
        for (const struct cli_example *example = cli_commands[c]->examples; example->line; example++)
            print_item(out, example->line, example->what);
}

void cli_print_man(FILE *out)
{
    int code = 0;
    const char *meaning = NULL;
    fputs(".TH FABPLAN 1 \"\" \"fabplan " FABPLAN_VERSION "\" \"User Commands\"\n.SH NAME\n"
          "fabplan \\- yield and capacity planning for semiconductor fabs\n.SH SYNOPSIS\n"
          "\\fBfabplan\\fR \\fICOMMAND\\fR [\\fIDATA\\fR] [\\fIoptions\\fR]\n.SH DESCRIPTION\n"
          "DATA is a planning database or a folder of CSV files; a folder is read into a database in memory.\n"
          "Without it: $FABPLAN_DATA, then fabplan.db in the current folder.\n"
          "Results go to standard output, findings, warnings, notes and progress to standard error.\n.SH COMMANDS\n",
          out);
    for (int c = 0; cli_commands[c]; c++)
        print_man_command(out, cli_commands[c]);
    fputs(".SH \"COMMON OPTIONS\"\n", out);
    for (const struct cli_option *option = cli_common_options; option->name; option++)
        print_man_option(out, option);
    fputs(".SH EXAMPLES\n", out);
    print_man_examples(out);
    fputs(".SH \"EXIT STATUS\"\n", out);
    for (int i = 0; cli_exit_code_at(i, &code, &meaning); i++) {
        fprintf(out, ".TP\n\\fB%d\\fR\n", code);
        print_roff(out, meaning);
        fputc('\n', out);
    }
    fputs(".SH ENVIRONMENT\n", out);
    for (const struct cli_variable *variable = cli_variables; variable->name; variable++)
        print_item(out, variable->name, variable->meaning);
}

/* ---- completion of bash ---- */

static void print_case_head(FILE *out, const struct cli_option *option)
{
    fprintf(out, "    --%s", option->name);
    if (option->letter)
        fprintf(out, " | -%c", option->letter);
    fputs(") ", out);
}

/* True when an earlier command has an option of that name. */
static bool seen_before(int command, const char *name)
{
    for (int c = 0; c < command; c++)
        for (const struct cli_option *option = cli_commands[c]->options; option && option->name; option++)
            if (strcmp(option->name, name) == 0)
                return true;
    return false;
}

static void print_value_cases(FILE *out, int command)
{
    for (const struct cli_option *option = cli_commands[command]->options; option && option->name; option++) {
        if (option->kind == CLI_FLAG || seen_before(command, option->name))
            continue;
        print_case_head(out, option);
        if (!option->offers)
            fputs("return ;;\n", out);
        else if (strcmp(option->offers, CLI_FILE) == 0)
            fputs("mapfile -t COMPREPLY < <(compgen -f -- \"$word\"); return ;;\n", out);
        else if (strcmp(option->offers, CLI_FOLDER) == 0)
            fputs("mapfile -t COMPREPLY < <(compgen -d -- \"$word\"); return ;;\n", out);
        else
            fprintf(out, "mapfile -t COMPREPLY < <(compgen -W '%s' -- \"$word\"); return ;;\n", option->offers);
    }
}

static void print_option_case(FILE *out, const struct cli_command *command)
{
    fprintf(out, "    %s%s%s) words='", command->name, command->alias ? " | " : "", command->alias ? command->alias : "");
    for (int i = 0; cli_option_at(command, i); i++)
        fprintf(out, "%s--%s", i ? " " : "", cli_option_at(command, i)->name);
    fputs("' ;;\n", out);
}

static void print_command_words(FILE *out)
{
    for (int c = 0; cli_commands[c]; c++)
        fprintf(out, "%s%s", c ? " " : "", cli_commands[c]->name);
}

void cli_print_bash_completion(FILE *out)
{
    fputs("# bash completion of fabplan, made by: fabplan help --completion bash\n"
          "_fabplan()\n{\n"
          "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} command=${COMP_WORDS[1]} words=\n"
          "    local commands='",
          out);
    print_command_words(out);
    fputs("'\n    COMPREPLY=()\n"
          "    if ((COMP_CWORD == 1)); then\n"
          "        mapfile -t COMPREPLY < <(compgen -W \"$commands\" -- \"$word\")\n        return\n    fi\n    case $before in\n",
          out);
    for (int c = 0; cli_commands[c]; c++)
        print_value_cases(out, c);
    fputs("    esac\n    case $command in\n", out);
    for (int c = 0; cli_commands[c]; c++)
        print_option_case(out, cli_commands[c]);
    fputs("    esac\n"
          "    if [[ $word == -* ]]; then\n        mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$word\")\n"
          "    elif [[ $command == help ]]; then\n        mapfile -t COMPREPLY < <(compgen -W \"$commands\" -- \"$word\")\n"
          "    else\n        mapfile -t COMPREPLY < <(compgen -f -- \"$word\")\n    fi\n}\n"
          "complete -o filenames -F _fabplan fabplan\n",
          out);
}
