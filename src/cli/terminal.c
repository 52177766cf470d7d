/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "terminal.h"

#include "hints.h"
#include "text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* Seconds between two rewritings of the progress line. */
#define PROGRESS_INTERVAL 0.1

#define ERASE_LINE "\r\033[K"

enum { USUAL_WIDTH = 80 };

void cli_terminal_init(struct cli_terminal *terminal, const fab_context *context)
{
    const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");
    bool plain = (no_color && *no_color) || !term || strcmp(term, "dumb") == 0;
    *terminal = (struct cli_terminal){
        .context = context,
        .colour_out = !plain && isatty(STDOUT_FILENO),
        .colour_error = !plain && isatty(STDERR_FILENO),
        .progress = term && strcmp(term, "dumb") != 0 && isatty(STDERR_FILENO),
    };
}

void cli_terminal_clear(struct cli_terminal *terminal)
{
    if (terminal->line_shown)
        fputs(ERASE_LINE, stderr);
    terminal->line_shown = false;
}

static void show_line(struct cli_terminal *terminal, const char *text)
{
    struct winsize size;
    int width = ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : USUAL_WIDTH;
    fputs(ERASE_LINE, stderr);
    cli_text_print_bounded(stderr, text, width - 1);
    fflush(stderr);
    terminal->line_shown = true;
}

/* How each level is shown: the word before the text with its colour. */
static const struct {
    const char *word, *colour;
    bool when_quiet, only_verbose;
} levels[] = {
    [FAB_LEVEL_FINDING] = {"", "", true, false},   [FAB_LEVEL_WARNING] = {"warning: ", "\033[33m", false, false},
    [FAB_LEVEL_NOTE] = {"", "", false, false},     [FAB_LEVEL_DETAIL] = {"", "", false, true},
    [FAB_LEVEL_PROGRESS] = {"", "", false, false},
};

void cli_terminal_sink(void *user, fab_level level, const char *text)
{
    struct cli_terminal *terminal = user;
    if ((terminal->quiet && !levels[level].when_quiet) || (levels[level].only_verbose && !terminal->verbose))
        return;
    if (level == FAB_LEVEL_PROGRESS) {
        if (terminal->progress)
            show_line(terminal, text);
        return;
    }
    cli_terminal_clear(terminal);
    bool coloured = terminal->colour_error && *levels[level].colour;
    fprintf(stderr, "%s%s%s", coloured ? levels[level].colour : "", levels[level].word, coloured ? "\033[0m" : "");
    cli_text_print(stderr, text);
    cli_text_print(stderr, cli_hint(fab_context_code(terminal->context)));
    fputc('\n', stderr);
}

void cli_terminal_progress(void *user, const fab_progress *progress)
{
    struct cli_terminal *terminal = user;
    char *line = NULL, *objective = NULL;
    if (!terminal->progress || terminal->quiet || (terminal->line_shown && progress->seconds - terminal->last_seconds < PROGRESS_INTERVAL))
        return;
    terminal->last_seconds = progress->seconds;
    if (isfinite(progress->objective_usd))
        objective = cli_text_number(progress->objective_usd);
    line = cli_text_format("%d rows, %ld iterations, %s%s%s%.1f s", progress->rows, progress->iterations, objective ? "objective " : "",
                           objective ? objective : "", objective ? " USD, " : "", progress->seconds);
    if (line)
        show_line(terminal, line);
    free(objective);
    free(line);
}

void cli_terminal_fail(struct cli_terminal *terminal, const char *text, const char *code)
{
    cli_terminal_clear(terminal);
    fputs(terminal->colour_error ? "\033[31mfabplan:\033[0m " : "fabplan: ", stderr);
    cli_text_print(stderr, cli_hint_prefix(code));
    cli_text_print(stderr, text);
    cli_text_print(stderr, cli_hint(code));
    fputc('\n', stderr);
}
