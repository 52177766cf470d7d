/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "csv_text.h"

#include <stdbool.h>
#include <string.h>

bool fab_csv_is_marked(const char *text)
{
    return *text && strchr("=+-@\t\r'", *text);
}

static bool needs_quotes(const char *text)
{
    size_t length = strlen(text);
    if (length == 0)
        return false;
    return text[0] == ' ' || fab_csv_is_marked(text) || strchr(" \t", text[length - 1]) || strpbrk(text, ",\"\r\n");
}

void fab_csv_write_text(FILE *file, const char *text)
{
    if (!needs_quotes(text)) {
        fputs(text, file);
        return;
    }
    fputs(fab_csv_is_marked(text) ? "\"'" : "\"", file);
    for (; *text; text++) {
        if (*text == '"')
            putc('"', file);
        putc(*text, file);
    }
    putc('"', file);
}
