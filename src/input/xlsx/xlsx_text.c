/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "xlsx_text.h"

#include "array.h"

#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

bool fab_xlsx_text_add(struct fab_xlsx_text *text, const char *bytes, size_t length)
{
    if (!fab_array_room_size(&text->text, text->length, length + 1, &text->capacity, 1))
        return false;
    memcpy(text->text + text->length, bytes, length);
    text->length += length;
    text->text[text->length] = '\0';
    return true;
}

void fab_xlsx_text_clear(struct fab_xlsx_text *text)
{
    text->length = 0;
    if (text->text)
        text->text[0] = '\0';
}

const char *fab_xlsx_text_get(const struct fab_xlsx_text *text)
{
    return text->text ? text->text : "";
}

enum { ESCAPE_LENGTH = 7 /* _xHHHH_ */ };

static bool is_escape(const char *text)
{
    if (text[0] != '_' || text[1] != 'x')
        return false;
    for (int d = 2; d < ESCAPE_LENGTH - 1; d++)
        if (!isxdigit((unsigned char)text[d]))
            return false;
    return text[ESCAPE_LENGTH - 1] == '_';
}

/* Writes a character of the basic plane; the number of bytes, at most 3. */
static size_t encode(uint32_t character, char *out)
{
    if (character < 0x80) {
        out[0] = (char)character;
        return 1;
    }
    if (character < 0x800) {
        out[0] = (char)(0xC0 | character >> 6);
        out[1] = (char)(0x80 | (character & 0x3F));
        return 2;
    }
    out[0] = (char)(0xE0 | character >> 12);
    out[1] = (char)(0x80 | (character >> 6 & 0x3F));
    out[2] = (char)(0x80 | (character & 0x3F));
    return 3;
}

size_t fab_xlsx_decode(char *text)
{
    char *out = text;
    for (const char *in = text; *in;) {
        uint32_t character = is_escape(in) ? (uint32_t)strtoul(in + 2, NULL, 16) : 0;
        bool surrogate = character >= 0xD800 && character < 0xE000;
        if (character != 0 && !surrogate) {
            out += encode(character, out);
            in += ESCAPE_LENGTH;
        } else {
            *out++ = *in++;
        }
    }
    *out = '\0';
    return (size_t)(out - text);
}
