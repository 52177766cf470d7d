/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "xlsx_styles.h"

#include "array.h"
#include "xlsx_part.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* ---- formats ---- */

/* Where what begins here and shows nothing of a number ends: "text", \x, _x, *x, [Red]; the text itself when nothing does. */
static const char *skip_text(const char *code)
{
    const char *end = NULL;
    if (*code == '"')
        end = strchr(code + 1, '"');
    else if (strchr("\\_*", *code))
        end = code[1] ? code + 1 : code;
    else if (*code == '[' && !strchr("hHmMsS", code[1])) /* [h] are hours beyond a day */
        end = strchr(code, ']');
    else
        return code;
    return end ? end + 1 : code + strlen(code);
}

bool fab_xlsx_format_is_date(const char *code)
{
    while (*code && *code != ';') {
        const char *next = skip_text(code);
        if (next == code) {
            if (strncasecmp(code, "General", strlen("General")) == 0)
                next = code + strlen("General");
            else if (strchr("dmyhs", tolower((unsigned char)*code)))
                return true;
            else
                next = code + 1;
        }
        code = next;
    }
    return false;
}

/* Formats without a code in the file, their numbers fixed by ECMA-376 part 1, 18.8.30; 27 to 36 and 50 to 58 are dates of East Asian versions. */
static bool builtin_is_date(long number)
{
    return (number >= 14 && number <= 22) || (number >= 27 && number <= 36) || (number >= 45 && number <= 47) || (number >= 50 && number <= 58);
}

/* ---- the part ---- */

static void take_format(struct fab_xlsx_part *part, struct fab_xlsx_styles *styles, const char **attributes)
{
    const char *number = fab_xlsx_attribute(attributes, "numFmtId"), *code = fab_xlsx_attribute(attributes, "formatCode");
    if (!number || !code || !fab_xlsx_format_is_date(code))
        return;
    if (FAB_ARRAY_ROOM(&styles->formats, styles->format_count, &styles->format_capacity))
        styles->formats[styles->format_count++] = strtol(number, NULL, 10);
    else
        fab_xlsx_part_fail_memory(part);
}

static void take_style(struct fab_xlsx_part *part, struct fab_xlsx_styles *styles, const char **attributes)
{
    enum { STYLES_MAX = 65536 /* Excel's own limit is 65,490 */ };
    const char *text = fab_xlsx_attribute(attributes, "numFmtId");
    long number = text ? strtol(text, NULL, 10) : 0;
    bool dated = builtin_is_date(number);
    for (int f = 0; f < styles->format_count && !dated; f++)
        dated = styles->formats[f] == number;
    if (styles->count >= STYLES_MAX)
        fab_xlsx_part_fail(part, "there are more than %d styles", STYLES_MAX);
    else if (FAB_ARRAY_ROOM(&styles->dated, styles->count, &styles->capacity))
        styles->dated[styles->count++] = dated;
    else
        fab_xlsx_part_fail_memory(part);
}

static void start_element(struct fab_xlsx_part *part, const char *name, const char **attributes)
{
    struct fab_xlsx_styles *styles = part->user;
    enum { FORMATS_MAX = 4096 };
    if (strcmp(name, "numFmt") == 0 && styles->format_count < FORMATS_MAX)
        take_format(part, styles, attributes);
    else if (strcmp(name, "cellXfs") == 0)
        styles->inside = true;
    else if (strcmp(name, "xf") == 0 && styles->inside)
        take_style(part, styles, attributes);
}

static void end_element(struct fab_xlsx_part *part, const char *name)
{
    struct fab_xlsx_styles *styles = part->user;
    if (strcmp(name, "cellXfs") == 0)
        styles->inside = false;
}

fab_status fab_xlsx_styles_read(fab_context *context, unzFile zip, const char *part, struct fab_xlsx_styles *styles)
{
    static const struct fab_xlsx_handlers handlers = {.start = start_element, .end = end_element};
    return fab_xlsx_part_read(context, zip, part, &handlers, styles);
}

void fab_xlsx_styles_fini(struct fab_xlsx_styles *styles)
{
    free(styles->dated);
    free(styles->formats);
}
