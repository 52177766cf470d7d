/* Texts and numbers as people read them, the same in every locale.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_TEXT_H
#define CLI_TEXT_H

#include <stdio.h>

/* Prints UTF-8 text with control characters and broken bytes as '?', so that no text from data steers the terminal. Returns the columns it
 * takes: 2 for East Asian wide characters and pictures, 0 for combining marks. out NULL only measures. */
int cli_text_print(FILE *out, const char *text);

/* The same, ending before the text would take more than `columns`. */
int cli_text_print_bounded(FILE *out, const char *text, int columns);

/* printf into new memory; NULL when memory is short. The caller frees it. */
char *cli_text_format(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* A number with four significant digits: 0.934, 12.5, 9240, 123456, 27.79 billion; below 1 with three. NULL when memory is short; the
 * caller frees it. */
char *cli_text_number(double number);

/* The word, among those offered, that a mistyped one was meant to be. */
struct cli_guess {
    const char *wanted;
    const char *best; /* NULL: nothing is near */
    int distance;     /* edits to best */
};

/* Offers a word: near is at most a third of the longer word's letters in inserted, deleted, changed or swapped letters. */
void cli_guess_offer(struct cli_guess *guess, const char *word);

#endif
