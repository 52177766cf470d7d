/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "xml_text.h"

#include <stdbool.h>
#include <string.h>

#include "utf8.h"

static bool is_forbidden(uint32_t code)
{
    return (code < 0x20 && code != '\t' && code != '\n' && code != '\r') || code == 0xFFFE || code == 0xFFFF;
}

int fab_xml_characters(const char *text)
{
    int count = 0, size;
    if (fab_utf8_valid_length(text, strlen(text)) != strlen(text))
        return -1;
    for (; *text; text += size, count++)
        if (is_forbidden(fab_utf8_decode(text, &size)))
            return -1;
    return count;
}
