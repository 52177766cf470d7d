/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "utf8.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* Bytes of the well-formed sequence at text, 0 when there is none (Unicode Standard, table 3-7). */
static size_t sequence_length(const unsigned char *text, size_t length)
{
    unsigned char lead = text[0], low = 0x80, high = 0xBF;
    size_t size;
    if (lead < 0x80)
        return 1;
    if (lead >= 0xC2 && lead <= 0xDF)
        size = 2;
    else if (lead >= 0xE0 && lead <= 0xEF)
        size = 3;
    else if (lead >= 0xF0 && lead <= 0xF4)
        size = 4;
    else
        return 0;
    if (length < size)
        return 0;
    if (lead == 0xE0)
        low = 0xA0;
    else if (lead == 0xED)
        high = 0x9F;
    else if (lead == 0xF0)
        low = 0x90;
    else if (lead == 0xF4)
        high = 0x8F;
    if (text[1] < low || text[1] > high)
        return 0;
    for (size_t i = 2; i < size; i++)
        if ((text[i] & 0xC0) != 0x80)
            return 0;
    return size;
}

size_t fab_utf8_valid_length(const char *text, size_t length)
{
    const uint64_t high_bits = 0x8080808080808080u;
    size_t i = 0;
    while (i < length) {
        uint64_t word;
        if (length - i >= sizeof word) {
            memcpy(&word, text + i, sizeof word);
            if (!(word & high_bits)) {
                i += sizeof word;
                continue;
            }
        }
        size_t size = sequence_length((const unsigned char *)text + i, length - i);
        if (size == 0)
            return i;
        i += size;
    }
    return length;
}

uint32_t fab_utf8_decode(const char *text, int *size)
{
    const unsigned char *bytes = (const unsigned char *)text;
    if (bytes[0] < 0x80) {
        *size = 1;
        return bytes[0];
    }
    *size = bytes[0] >= 0xF0 ? 4 : bytes[0] >= 0xE0 ? 3 : 2;
    uint32_t character = bytes[0] & (0x7Fu >> *size);
    for (int i = 1; i < *size; i++) {
        if ((bytes[i] & 0xC0) != 0x80) {
            *size = i;
            break;
        }
        character = character << 6 | (bytes[i] & 0x3Fu);
    }
    return character;
}

bool fab_utf8_is_control(uint32_t character)
{
    return character < 0x20 || (character >= 0x7F && character < 0xA0) || character == 0x2028 || character == 0x2029;
}

const char *fab_utf8_fault(uint32_t character, bool lines)
{
    if (lines && (character == '\t' || character == '\r' || character == '\n'))
        return NULL;
    if (fab_utf8_is_control(character))
        return "is a control character";
    if (character == 0xFFFE || character == 0xFFFF)
        return "no workbook can hold";
    bool turns = (character >= 0x202A && character <= 0x202E) || (character >= 0x2066 && character <= 0x2069);
    return turns ? "turns the direction of the text around it" : NULL;
}

enum { QUOTED_SIZE = 8 }; /* of one character, as a message shows it */

/* Writes one character as a message shows it; returns how many bytes. */
static int quote_character(uint32_t character, const char *bytes, int size, char *out)
{
    if (character == '\n' || character == '\t' || character == '\r') {
        out[0] = '\\';
        out[1] = character == '\n' ? 'n' : character == '\t' ? 't' : 'r';
        return 2;
    }
    if (character < 0x20 || (character >= 0x7F && character < 0xA0))
        return snprintf(out, QUOTED_SIZE, "\\x%02X", (unsigned int)character & 0xFFu);
    if (fab_utf8_fault(character, true))
        return snprintf(out, QUOTED_SIZE, "\\u%04X", (unsigned int)character & 0xFFFFu);
    memcpy(out, bytes, (size_t)size);
    return size;
}

const char *fab_utf8_quote(const char *text, int characters, char *buffer, size_t size)
{
    enum { LONGEST = 5, ELLIPSIS = 4 };
    size_t used = 0;
    while (*text && characters-- > 0) {
        int bytes;
        char shown[QUOTED_SIZE];
        uint32_t character = fab_utf8_decode(text, &bytes);
        size_t length = (size_t)quote_character(character, text, bytes, shown);
        if (used + (length > LONGEST ? length : LONGEST) + ELLIPSIS >= size)
            break;
        memcpy(buffer + used, shown, length);
        used += length;
        text += bytes;
    }
    snprintf(buffer + used, size - used, "%s", *text ? "..." : "");
    return buffer;
}
