/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <fabplan/context.h>

#include <fabplan/table.h>

#include "interruption.h"
#include "utf8.h"

#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MESSAGE_SIZE = 4096, LINE_SIZE = 4096 };

_Static_assert(ATOMIC_BOOL_LOCK_FREE == 2, "a signal handler may set the flag only when that takes no lock");

struct fab_context {
    fab_sink *sink;
    void *user;
    fab_table *found; /* NULL: nothing yet */
    int findings;
    atomic_bool interrupted;
    const fab_context *leader; /* whose wish to stop is this one's, too; NULL: none */
    const char *code;
    char message[MESSAGE_SIZE];
};

fab_context *fab_context_new(void)
{
    fab_context *context = calloc(1, sizeof *context);
    if (!context)
        return NULL;
    atomic_init(&context->interrupted, false);
    context->code = "";
    return context;
}

void fab_context_free(fab_context *context)
{
    if (!context)
        return;
    fab_table_free(context->found);
    free(context);
}

void fab_context_reset(fab_context *context)
{
    fab_table_free(context->found);
    context->found = NULL;
    context->findings = 0;
    context->code = "";
    context->message[0] = '\0';
    atomic_store(&context->interrupted, false);
}

void fab_context_set_sink(fab_context *context, fab_sink *sink, void *user)
{
    context->sink = sink;
    context->user = user;
}

void fab_context_interrupt(fab_context *context)
{
    atomic_store(&context->interrupted, true);
}

bool fab_context_interrupted(const fab_context *context)
{
    return atomic_load(&context->interrupted) || (context->leader && atomic_load(&context->leader->interrupted));
}

void fab_context_follow(fab_context *context, const fab_context *leader)
{
    context->leader = leader;
}

bool fab_context_take_interruption(fab_context *context)
{
    return atomic_exchange(&context->interrupted, false);
}

const char *fab_context_message(const fab_context *context)
{
    return context->message;
}

const char *fab_context_code(const fab_context *context)
{
    return context->code;
}

const fab_table *fab_context_found(const fab_context *context)
{
    return context->found;
}

int fab_context_findings(const fab_context *context)
{
    return context->findings;
}

/* ---- texts ---- */

/* Makes a text one line of UTF-8: names of files and what a damaged database says need not be. */
static void clean(char *text)
{
    for (char *end = text + strlen(text); text < end;) {
        for (char *good_end = text + fab_utf8_valid_length(text, (size_t)(end - text)); text < good_end; text++)
            if ((unsigned char)*text < ' ' || *text == 0x7F)
                *text = '?';
        if (text < end)
            *text++ = '?';
    }
}

/* vsnprintf that ends a text that does not fit with "..." on a whole UTF-8 character. */
static void print_bounded(char *buffer, size_t size, const char *format, va_list arguments) __attribute__((format(printf, 3, 0)));
static void print_bounded(char *buffer, size_t size, const char *format, va_list arguments)
{
    static const char ellipsis[] = "...";
    int length = vsnprintf(buffer, size, format, arguments);
    if (length < 0) {
        buffer[0] = '\0';
    } else if ((size_t)length >= size) {
        size_t end = size - sizeof ellipsis;
        while (end > 0 && ((unsigned char)buffer[end] & 0xC0) == 0x80)
            end--;
        memcpy(buffer + end, ellipsis, sizeof ellipsis);
    }
    clean(buffer);
}

/* ---- failures ---- */

static fab_status fail(fab_context *context, fab_status status, const char *code, const char *format, va_list arguments)
    __attribute__((format(printf, 4, 0)));
static fab_status fail(fab_context *context, fab_status status, const char *code, const char *format, va_list arguments)
{
    print_bounded(context->message, sizeof context->message, format, arguments);
    context->code = code;
    return status;
}

fab_status fab_fail(fab_context *context, fab_status status, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fail(context, status, "", format, arguments);
    va_end(arguments);
    return status;
}

fab_status fab_fail_as(fab_context *context, fab_status status, const char *code, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fail(context, status, code, format, arguments);
    va_end(arguments);
    return status;
}

fab_status fab_fail_memory(fab_context *context)
{
    return fab_fail(context, FAB_NO_MEMORY, "out of memory");
}

fab_status fab_fail_in(fab_context *context, fab_status status, const char *format, ...)
{
    char inner[MESSAGE_SIZE];
    char prefix[MESSAGE_SIZE / 4];
    va_list arguments;
    va_start(arguments, format);
    print_bounded(prefix, sizeof prefix, format, arguments);
    va_end(arguments);
    memcpy(inner, context->message, sizeof inner);
    return fab_fail_as(context, status, context->code, "%s: %s", prefix, inner);
}

/* ---- lines and findings ---- */

static fab_value copy_text(fab_table *table, const char *text)
{
    return fab_text(fab_table_keep(table, text && *text ? text : NULL));
}

/* Adds a row to what was found. A text that memory is short for stays NULL: the line itself is heard all the same. */
static void keep(fab_context *context, fab_level level, const fab_finding *finding, const char *line)
{
    static const char *const columns[] = {"level", "code", "table", "key", "column", "value", "rule", "hint", "file", "line", "text"};
    enum { LEVEL, CODE, TABLE, KEY, COLUMN, VALUE, RULE, HINT, FROM, LINE, TEXT, COLUMNS };
    if (!context->found)
        context->found = fab_table_new("findings", columns, COLUMNS);
    fab_table *found = context->found;
    fab_value *row = found && fab_table_rows(found) < FAB_FINDINGS_KEPT ? fab_table_add_row(found) : NULL;
    if (!row)
        return;
    row[LEVEL] = fab_text(level == FAB_LEVEL_FINDING ? "finding" : "warning");
    row[CODE] = copy_text(found, finding->code);
    row[TABLE] = copy_text(found, finding->table);
    row[KEY] = copy_text(found, finding->key);
    row[COLUMN] = copy_text(found, finding->column);
    row[VALUE] = copy_text(found, finding->value);
    row[RULE] = copy_text(found, finding->rule);
    row[HINT] = copy_text(found, finding->hint);
    row[FROM] = copy_text(found, finding->file);
    if (finding->line > 0)
        row[LINE] = fab_integer(finding->line);
    row[TEXT] = copy_text(found, line);
}

static void say(fab_context *context, fab_level level, const fab_finding *finding, const char *format, va_list arguments)
    __attribute__((format(printf, 4, 0)));
static void say(fab_context *context, fab_level level, const fab_finding *finding, const char *format, va_list arguments)
{
    char line[LINE_SIZE];
    const char *before = context->code;
    bool kept = level == FAB_LEVEL_FINDING || level == FAB_LEVEL_WARNING;
    if (level == FAB_LEVEL_FINDING)
        context->findings++;
    if (!context->sink && !kept)
        return;
    print_bounded(line, sizeof line, format, arguments);
    if (kept)
        keep(context, level, finding, line);
    if (!context->sink)
        return;
    context->code = finding->code;
    context->sink(context->user, level, line);
    context->code = before;
}

void fab_say(fab_context *context, fab_level level, const char *format, ...)
{
    const fab_finding finding = {.code = ""};
    va_list arguments;
    va_start(arguments, format);
    say(context, level, &finding, format, arguments);
    va_end(arguments);
}

void fab_say_as(fab_context *context, fab_level level, const char *code, const char *format, ...)
{
    const fab_finding finding = {.code = code};
    va_list arguments;
    va_start(arguments, format);
    say(context, level, &finding, format, arguments);
    va_end(arguments);
}

void fab_find(fab_context *context, fab_level level, const fab_finding *finding, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    say(context, level, finding, format, arguments);
    va_end(arguments);
}

/* ---- statuses ---- */

static const struct {
    const char *name;
    int exit_code;
    const char *text;
} statuses[] = {
#define FAB_STATUS_ROW(name, exit_code, text) {#name, exit_code, text},
    FAB_STATUS_LIST(FAB_STATUS_ROW)
#undef FAB_STATUS_ROW
};

const char *fab_status_name(fab_status status)
{
    return statuses[status].name;
}

const char *fab_status_text(fab_status status)
{
    return statuses[status].text;
}

int fab_status_exit_code(fab_status status)
{
    return statuses[status].exit_code;
}
