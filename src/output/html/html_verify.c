/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "html_verify.h"

#include "fail.h"

#include <expat.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum { PIECE = 1 << 16 };

struct reading {
    long rows;
    int bodies; /* tbody, tfoot and thead that are open: rows count in the first */
    int scripts, styles, policies;
    bool outside; /* something refers to another file */
};

static bool is_outside(const char *name, const char *value)
{
    return strcmp(name, "src") == 0 || (strcmp(name, "href") == 0 && value[0] != '#') || strncmp(name, "on", 2) == 0 || strcmp(name, "style") == 0;
}

static void begin_element(void *user, const XML_Char *name, const XML_Char **attributes)
{
    struct reading *reading = user;
    reading->bodies += strcmp(name, "tbody") == 0;
    reading->rows += reading->bodies > 0 && strcmp(name, "tr") == 0;
    reading->scripts += strcmp(name, "script") == 0;
    reading->styles += strcmp(name, "style") == 0;
    for (; attributes[0]; attributes += 2) {
        reading->policies += strcmp(attributes[1], "Content-Security-Policy") == 0;
        reading->outside = reading->outside || is_outside(attributes[0], attributes[1]);
    }
}

static void end_element(void *user, const XML_Char *name)
{
    struct reading *reading = user;
    reading->bodies -= strcmp(name, "tbody") == 0;
}

static bool read_file(FILE *file, XML_Parser parser)
{
    char bytes[PIECE];
    size_t size = sizeof bytes;
    bool good = true;
    while (good && size == sizeof bytes) {
        size = fread(bytes, 1, sizeof bytes, file);
        good = !ferror(file) && XML_Parse(parser, bytes, (int)size, size < sizeof bytes) == XML_STATUS_OK;
    }
    return good;
}

fab_status fab_html_verify(fab_context *context, const char *path, const char *shown, long rows)
{
    struct reading reading = {0};
    fab_status status = FAB_OK;
    XML_Parser parser = XML_ParserCreate("UTF-8");
    FILE *file = parser ? fopen(path, "rb") : NULL;
    if (!parser)
        return fab_fail_memory(context);
    XML_SetUserData(parser, &reading);
    XML_SetElementHandler(parser, begin_element, end_element);
    if (!file || !read_file(file, parser))
        status = fab_fail(context, FAB_OUTPUT, "%s: the page was not written completely, or reads back damaged in line %lu", shown, (unsigned long)XML_GetCurrentLineNumber(parser));
    else if (reading.rows != rows)
        status = fab_fail(context, FAB_OUTPUT, "%s: the page reads back with %ld rows, must have %ld", shown, reading.rows, rows);
    else if (reading.scripts != 1 || reading.styles != 1 || reading.policies != 1 || reading.outside)
        status = fab_fail(context, FAB_OUTPUT, "%s: the page reads back with something that it may not have", shown);
    if (file)
        fclose(file);
    XML_ParserFree(parser);
    return status;
}
