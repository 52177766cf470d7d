/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "xlsx_part.h"

#include "try.h"
#include "xlsx_damage.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { CHUNK = 1 << 16, IGNORE_CASE = 2, NAME_SIZE = 256 /* of unzLocateFile */ };

static const char *local_name(const char *name)
{
    const char *colon = strrchr(name, ':');
    return colon ? colon + 1 : name;
}

const char *fab_xlsx_attribute(const char **attributes, const char *name)
{
    for (; *attributes; attributes += 2)
        if (strcmp(attributes[0], name) == 0)
            return attributes[1];
    return NULL;
}

/* As unzLocateFile. */
static int locate(unzFile zip, const char *name)
{
    return strlen(name) < NAME_SIZE ? unzLocateFile(zip, name, IGNORE_CASE) : UNZ_END_OF_LIST_OF_FILE;
}

bool fab_xlsx_part_exists(unzFile zip, const char *name)
{
    return locate(zip, name) == UNZ_OK;
}

/* ---- for handlers ---- */

void fab_xlsx_part_pause(struct fab_xlsx_part *part)
{
    part->paused = true;
    if (!*part->problem && !part->memory_short)
        XML_StopParser(part->parser, XML_TRUE);
}

void fab_xlsx_part_fail(struct fab_xlsx_part *part, const char *format, ...)
{
    va_list arguments;
    if (*part->problem || part->memory_short)
        return;
    va_start(arguments, format);
    vsnprintf(part->problem, sizeof part->problem, format, arguments);
    va_end(arguments);
    XML_StopParser(part->parser, XML_FALSE);
}

void fab_xlsx_part_fail_memory(struct fab_xlsx_part *part)
{
    part->memory_short = true;
    XML_StopParser(part->parser, XML_FALSE);
}

/* ---- expat ---- */

static bool stopped(const struct fab_xlsx_part *part)
{
    return *part->problem || part->memory_short;
}

static void XMLCALL start_element(void *user, const char *name, const char **attributes)
{
    struct fab_xlsx_part *part = user;
    if (stopped(part))
        return;
    part->element = name;
    if (++part->depth > FAB_XLSX_DEPTH_MAX)
        fab_xlsx_part_fail(part, "elements are more than %d deep", FAB_XLSX_DEPTH_MAX);
    else if (part->handlers->start)
        part->handlers->start(part, local_name(name), attributes);
}

static void XMLCALL end_element(void *user, const char *name)
{
    struct fab_xlsx_part *part = user;
    if (stopped(part))
        return;
    part->element = name;
    part->depth--;
    if (part->handlers->end)
        part->handlers->end(part, local_name(name));
}

static void XMLCALL add_text(void *user, const char *text, int length)
{
    struct fab_xlsx_part *part = user;
    if (!stopped(part) && part->handlers->text)
        part->handlers->text(part, text, length);
}

static void XMLCALL refuse_doctype(void *user, const char *name, const char *system, const char *public, int has_subset)
{
    (void)name;
    (void)system;
    (void)public;
    (void)has_subset;
    fab_xlsx_part_fail(user, "there is a document type (DTD), must be none: entities of it could expand without end");
}

/* ---- reading ---- */

fab_status fab_xlsx_part_open(struct fab_xlsx_part *part, fab_context *context, unzFile zip, const char *name)
{
    part->context = context;
    part->zip = zip;
    part->name = name;
    errno = 0;
    int found = locate(zip, name);
    if (found == UNZ_END_OF_LIST_OF_FILE)
        return fab_xlsx_fail_damaged(context, "it is missing, must be in a workbook", "part %s", name);
    if (found != UNZ_OK)
        return fab_xlsx_fail_damaged(context, "the file is not whole", "the list of parts cannot be read");
    if (unzOpenCurrentFile(zip) != UNZ_OK)
        return fab_xlsx_fail_damaged(context, "the file is damaged", "part %s cannot be unpacked", name);
    part->parser = XML_ParserCreate(NULL);
    if (!part->parser) {
        unzCloseCurrentFile(zip);
        return fab_fail_memory(context);
    }
    XML_SetUserData(part->parser, part);
    XML_SetElementHandler(part->parser, start_element, end_element);
    XML_SetCharacterDataHandler(part->parser, add_text);
    XML_SetStartDoctypeDeclHandler(part->parser, refuse_doctype);
    return FAB_OK;
}

void fab_xlsx_part_close(struct fab_xlsx_part *part)
{
    if (!part->parser)
        return;
    XML_ParserFree(part->parser);
    unzCloseCurrentFile(part->zip);
    part->parser = NULL;
}

/* What a call of expat came to. */
static fab_status judge(struct fab_xlsx_part *part, enum XML_Status result)
{
    enum XML_Error error = result == XML_STATUS_ERROR ? XML_GetErrorCode(part->parser) : XML_ERROR_NONE;
    if (part->memory_short || error == XML_ERROR_NO_MEMORY)
        return fab_fail_memory(part->context);
    if (*part->problem)
        return fab_fail(part->context, FAB_INPUT, "part %s, line %lu: %s", part->name, XML_GetCurrentLineNumber(part->parser), part->problem);
    if (error != XML_ERROR_NONE)
        return fab_fail(part->context, FAB_INPUT, "part %s, line %lu is damaged: %s", part->name, XML_GetCurrentLineNumber(part->parser),
                        XML_ErrorString(error));
    return FAB_OK;
}

/* A tag that does not end is kept whole by expat. */
static bool token_too_long(const struct fab_xlsx_part *part)
{
    return part->fed - (int64_t)XML_GetCurrentByteIndex(part->parser) > FAB_XLSX_TOKEN_MAX + CHUNK;
}

static fab_status feed(struct fab_xlsx_part *part)
{
    fab_status status = FAB_OK;
    void *buffer = NULL;
    int size = 0;
    TRY_MEMORY(part->context, buffer = XML_GetBuffer(part->parser, CHUNK));
    errno = 0;
    size = unzReadCurrentFile(part->zip, buffer, CHUNK);
    if (size < 0)
        TRY(fab_xlsx_fail_damaged(part->context, "the file is damaged", "part %s cannot be unpacked", part->name));
    part->fed += size;
    TRY(judge(part, XML_ParseBuffer(part->parser, size, size == 0)));
    if (!part->paused && token_too_long(part))
        TRY(fab_fail(part->context, FAB_INPUT, "part %s has a tag of more than %d bytes", part->name, FAB_XLSX_TOKEN_MAX));
    part->ended = size == 0 && !part->paused;
out:
    return status;
}

/* Goes on behind a pause; the last piece may have been read before it. */
static fab_status resume(struct fab_xlsx_part *part)
{
    XML_ParsingStatus state;
    part->paused = false;
    fab_status status = judge(part, XML_ResumeParser(part->parser));
    XML_GetParsingStatus(part->parser, &state);
    part->ended = status == FAB_OK && state.parsing == XML_FINISHED;
    return status;
}

fab_status fab_xlsx_part_run(struct fab_xlsx_part *part)
{
    fab_status status = FAB_OK;
    if (part->paused)
        TRY(resume(part));
    while (!part->paused && !part->ended) {
        if (fab_context_interrupted(part->context))
            TRY(fab_fail(part->context, FAB_INTERRUPTED, "interrupted"));
        TRY(feed(part));
    }
    /* the checksum is compared here */
    if (part->ended && unzCloseCurrentFile(part->zip) == UNZ_CRCERROR)
        TRY(fab_fail(part->context, FAB_INPUT, "part %s is damaged: its checksum is another", part->name));
out:
    return status;
}

fab_status fab_xlsx_part_read(fab_context *context, unzFile zip, const char *name, const struct fab_xlsx_handlers *handlers, void *user)
{
    struct fab_xlsx_part part = {.handlers = handlers, .user = user};
    fab_status status = FAB_OK;
    TRY(fab_xlsx_part_open(&part, context, zip, name));
    TRY(fab_xlsx_part_run(&part));
out:
    fab_xlsx_part_close(&part);
    return status;
}
