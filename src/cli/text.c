/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text.h"

#include <limits.h>
#include <math.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* ---- UTF-8 ---- */

struct range {
    uint32_t first, last;
    int width;
};

/* Characters that do not take one column, after the Unicode character database: East_Asian_Width W and F, general category Mn and Cf of the
 * scripts in use. */
static const struct range widths[] = {
    {0x0300, 0x036F, 0}, {0x0483, 0x0489, 0},   {0x0591, 0x05BD, 0},   {0x0610, 0x061A, 0},   {0x064B, 0x065F, 0},   {0x1100, 0x115F, 2},
    {0x1AB0, 0x1AFF, 0}, {0x1DC0, 0x1DFF, 0},   {0x200B, 0x200F, 0},   {0x202A, 0x202E, 0},   {0x2060, 0x206F, 0},   {0x20D0, 0x20FF, 0},
    {0x2E80, 0x303E, 2}, {0x3041, 0x33FF, 2},   {0x3400, 0x4DBF, 2},   {0x4E00, 0x9FFF, 2},   {0xA000, 0xA4CF, 2},   {0xAC00, 0xD7A3, 2},
    {0xF900, 0xFAFF, 2}, {0xFE00, 0xFE0F, 0},   {0xFE20, 0xFE2F, 0},   {0xFE30, 0xFE6F, 2},   {0xFEFF, 0xFEFF, 0},   {0xFF00, 0xFF60, 2},
    {0xFFE0, 0xFFE6, 2}, {0x1F300, 0x1F64F, 2}, {0x1F680, 0x1F6FF, 2}, {0x1F900, 0x1F9FF, 2}, {0x20000, 0x3FFFD, 2},
};

static int width_of(uint32_t character)
{
    for (size_t i = 0; i < sizeof widths / sizeof *widths; i++)
        if (character >= widths[i].first && character <= widths[i].last)
            return widths[i].width;
    return 1;
}

/* Bytes of the character at text, 0 when they are not well-formed or control the terminal (C0, DEL, C1, changes of direction). */
static int decode(const char *text, uint32_t *character)
{
    static const struct {
        unsigned char mask, mark;
        uint32_t least;
    } forms[] = {{0x80, 0x00, 0}, {0xE0, 0xC0, 0x80}, {0xF0, 0xE0, 0x800}, {0xF8, 0xF0, 0x10000}};
    const unsigned char *bytes = (const unsigned char *)text;
    for (int size = 1; size <= 4; size++) {
        if ((bytes[0] & forms[size - 1].mask) != forms[size - 1].mark)
            continue;
        uint32_t value = bytes[0] & (unsigned char)~forms[size - 1].mask;
        for (int b = 1; b < size; b++) {
            if ((bytes[b] & 0xC0) != 0x80)
                return 0;
            value = value << 6 | (bytes[b] & 0x3F);
        }
        *character = value;
        bool control =
            value < 0x20 || (value >= 0x7F && value < 0xA0) || (value >= 0x202A && value <= 0x202E) || (value >= 0x2066 && value <= 0x2069);
        bool bad = value < forms[size - 1].least || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF);
        return control || bad ? 0 : size;
    }
    return 0;
}

int cli_text_print_bounded(FILE *out, const char *text, int columns)
{
    int taken = 0;
    while (*text) {
        uint32_t character = 0;
        int size = decode(text, &character);
        int width = size ? width_of(character) : 1;
        if (width > columns - taken)
            break;
        taken += width;
        if (out && size)
            fwrite(text, 1, (size_t)size, out);
        else if (out)
            fputc('?', out);
        text += size ? size : 1;
    }
    return taken;
}

int cli_text_print(FILE *out, const char *text)
{
    return cli_text_print_bounded(out, text, INT_MAX);
}

/* ---- making texts ---- */

char *cli_text_format(const char *format, ...)
{
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    char *text = length < 0 ? NULL : malloc((size_t)length + 1);
    if (text)
        vsnprintf(text, (size_t)length + 1, format, again);
    va_end(again);
    va_end(arguments);
    return text;
}

char *cli_text_number(double number)
{
    static const struct {
        double size;
        const char *word;
    } scales[] = {{1e12, " trillion"}, {1e9, " billion"}, {1e6, " million"}};
    /* from here on four digits round up to the scale itself */
    static const double nearly = 0.99995;
    double size = fabs(number);
    if (!isfinite(number))
        return cli_text_format("-");
    for (size_t s = 0; s < sizeof scales / sizeof *scales; s++)
        if (size >= nearly * scales[s].size)
            return cli_text_format("%.4g%s", number / scales[s].size, scales[s].word);
    if (size >= 9999.5)
        return cli_text_format("%.0f", number);
    return cli_text_format(size >= 1 ? "%.4g" : "%.3g", size > 0 ? number : 0.0);
}

/* ---- guessing ---- */

enum { LONGEST_WORD = 31 }; /* longer ones are nobody's option or command */

static int least(int a, int b)
{
    return a < b ? a : b;
}

/* Edits between two words of at most LONGEST_WORD letters: rows of the usual table, with swapped neighbours as one edit. */
static int edits(const char *a, const char *b)
{
    int table[LONGEST_WORD + 1][LONGEST_WORD + 1];
    int a_length = (int)strlen(a), b_length = (int)strlen(b);
    for (int i = 0; i <= a_length; i++)
        for (int j = 0; j <= b_length; j++) {
            if (i == 0 || j == 0) {
                table[i][j] = i + j;
                continue;
            }
            table[i][j] = least(least(table[i - 1][j], table[i][j - 1]) + 1, table[i - 1][j - 1] + (a[i - 1] != b[j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                table[i][j] = least(table[i][j], table[i - 2][j - 2] + 1);
        }
    return table[a_length][b_length];
}

void cli_guess_offer(struct cli_guess *guess, const char *word)
{
    size_t longer = strlen(guess->wanted) > strlen(word) ? strlen(guess->wanted) : strlen(word);
    if (longer > LONGEST_WORD)
        return;
    int distance = edits(guess->wanted, word);
    if (distance * 3 > (int)longer || (guess->best && distance >= guess->distance))
        return;
    guess->best = word;
    guess->distance = distance;
}
