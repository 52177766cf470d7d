/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "html_frame.h"

#include "fail.h"
#include "file.h"
#include "html_text.h"
#include "mark.h"
#include "sha256.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

extern const struct fab_file fab_output_html_files[];

enum { DIGEST_BYTES = 32, BASE64_SIZE = 45 };

static const struct fab_file *find_file(const char *name)
{
    const struct fab_file *file = fab_output_html_files;
    while (file->name && strcmp(file->name, name) != 0)
        file++;
    return file;
}

/* RFC 4648, of 32 bytes: 44 characters, the last one '='. */
static void write_base64(const unsigned char bytes[DIGEST_BYTES], char text[BASE64_SIZE])
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    char *end = text;
    for (int k = 0; k < DIGEST_BYTES; k += 3) {
        uint32_t three = (uint32_t)bytes[k] << 16 | (k + 1 < DIGEST_BYTES ? (uint32_t)bytes[k + 1] << 8 : 0) | (k + 2 < DIGEST_BYTES ? bytes[k + 2] : 0);
        for (int shift = 18; shift >= 0; shift -= 6)
            *end++ = letters[three >> shift & 63];
    }
    text[BASE64_SIZE - 2] = '=';
    text[BASE64_SIZE - 1] = '\0';
}

/* The digest by which a policy allows a text. */
static bool digest(const char *text, size_t size, char base64[BASE64_SIZE])
{
    char hex[FAB_SHA256_HEX_SIZE], two[3] = "";
    unsigned char bytes[DIGEST_BYTES];
    fab_sha256 *sha256 = fab_sha256_new();
    bool done = sha256 && fab_sha256_add(sha256, text, size) && fab_sha256_finish(sha256, hex);
    fab_sha256_free(sha256);
    for (int k = 0; done && k < DIGEST_BYTES; k++) {
        memcpy(two, hex + 2 * k, 2);
        bytes[k] = (unsigned char)strtoul(two, NULL, 16);
    }
    if (done)
        write_base64(bytes, base64);
    return done;
}

fab_status fab_html_begin(fab_context *context, struct fab_buffer *page, const char *title)
{
    const struct fab_file *style = find_file("page.css"), *script = find_file("page.js");
    char of_style[BASE64_SIZE], of_script[BASE64_SIZE];
    if (!digest(style->bytes, style->size, of_style) || !digest(script->bytes, script->size, of_script))
        return fab_fail_memory(context);
    fab_html_add(page, "<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"en\"><head><meta charset=\"utf-8\"/>\n");
    fab_html_add(page, FAB_MARK_PAGE "\n");
    fab_buffer_print(page, "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-%s'; script-src 'sha256-%s'; base-uri 'none'; form-action 'none'\"/>\n", of_style, of_script);
    fab_html_add(page, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n<title>");
    fab_html_add_text(page, title);
    fab_html_add(page, "</title>\n<style>");
    fab_buffer_add(page, style->bytes, style->size);
    fab_html_add(page, "</style></head>\n<body><a class=\"skip\" href=\"#content\">To the content</a>\n<main id=\"content\">\n");
    return FAB_OK;
}

void fab_html_end(struct fab_buffer *page)
{
    const struct fab_file *script = find_file("page.js");
    fab_html_add(page, "</main>\n<script>");
    fab_buffer_add(page, script->bytes, script->size);
    fab_html_add(page, "</script></body></html>\n");
}
