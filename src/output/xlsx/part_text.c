/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "part_text.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

const char *fab_part_attribute(const char **attributes, const char *name)
{
    for (; *attributes; attributes += 2)
        if (strcmp(attributes[0], name) == 0)
            return attributes[1];
    return NULL;
}

void fab_part_decode(char *text)
{
    char *out = text;
    for (const char *in = text; *in;) {
        bool escape = strncmp(in, "_x00", 4) == 0 && isxdigit((unsigned char)in[4]) && isxdigit((unsigned char)in[5]) && in[6] == '_';
        if (escape) {
            const char digits[] = {in[4], in[5], '\0'};
            *out++ = (char)strtol(digits, NULL, 16);
        } else {
            *out++ = *in;
        }
        in += escape ? 7 : 1;
    }
    *out = '\0';
}

bool fab_part_read_address(const char *address, int *row, int *column)
{
    *column = 0;
    for (; *address >= 'A' && *address <= 'Z'; address++)
        *column = *column * 26 + (*address - 'A' + 1);
    char *end;
    *row = (int)strtol(address, &end, 10) - 1;
    (*column)--;
    return *column >= 0 && *row >= 0 && !*end;
}
