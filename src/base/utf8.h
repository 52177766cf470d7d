/* UTF-8: checking, counting, printing what is not printable.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_UTF8_H
#define FAB_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Number of bytes before the first that is not well-formed UTF-8 (overlong forms, surrogates and values above U+10FFFF are not); length
 * when all are. */
size_t fab_utf8_valid_length(const char *text, size_t length);

/* Decodes the character at text, which is not at its NUL; *size is its number of bytes. Of bad UTF-8 it takes no byte beyond the NUL. */
uint32_t fab_utf8_decode(const char *text, int *size);

/* C0, DEL, C1, line and paragraph separators. */
bool fab_utf8_is_control(uint32_t character);

/* Why a text of the data must not hold a character, in words that go on "U+FFFE, which "; NULL: it may. Control characters (`lines`: but tab, CR and LF), what no XML can hold, and what turns the direction of
 * the text around it, so that it reads as another. */
const char *fab_utf8_fault(uint32_t character, bool lines);

/* Copies text for a message: at most `characters` of them, then "..."; control characters as \n, \t or \xNN, others that fab_utf8_fault names as \uNNNN. size must be at least 4 x
 * characters + 4 to hold every text. Returns buffer. */
const char *fab_utf8_quote(const char *text, int characters, char *buffer, size_t size);

#endif
