/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "change_key.h"

#include "member.h"
#include "nearest.h"
#include "number.h"
#include "try.h"
#include "utf8.h"
#include "cell.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TERMS_MAX = 32, REFERENCES_MAX = 8 };

/* One part of a key or one condition: the column at the end of a chain of references is in a list. */
struct term {
    const struct fab_column *reference[REFERENCES_MAX];
    int reference_count;
    const struct fab_table_def *def; /* of column */
    const struct fab_column *column;
    bool negated;
    const char *list; /* alternatives, escapes in it */
    size_t length;
};

struct key {
    struct term term[TERMS_MAX];
    int count;
};

/* ---- pieces of texts ---- */

static size_t length_to(const char *text, size_t length, char end)
{
    size_t at = 0;
    while (at < length && text[at] != end)
        at += text[at] == '\\' && at + 1 < length ? 2 : 1;
    return at;
}

bool fab_key_next(struct fab_key_pieces *pieces, char end, const char **piece, size_t *length)
{
    if (!pieces->rest)
        return false;
    size_t whole = strlen(pieces->rest);
    *piece = pieces->rest;
    *length = length_to(pieces->rest, whole, end);
    pieces->rest = *length < whole ? pieces->rest + *length + 1 : NULL;
    return true;
}

size_t fab_key_unescape(const char *piece, size_t length, char *text, size_t size)
{
    size_t used = 0;
    for (size_t at = 0; at < length && used + 1 < size; at++) {
        if (piece[at] == '\\' && at + 1 < length)
            at++;
        text[used++] = piece[at];
    }
    text[used] = '\0';
    return used;
}

static bool has_star(const char *text, size_t length)
{
    return length_to(text, length, '*') < length;
}

/* ---- matching ---- */

/* Pattern against a text: '*' is any text, also an empty one; '\' takes the next character as itself. */
static bool match_pattern(const char *pattern, size_t length, const char *text)
{
    size_t at = 0, star = SIZE_MAX;
    const char *retry = NULL;
    while (*text || at < length) {
        bool escaped = at + 1 < length && pattern[at] == '\\';
        if (at < length && pattern[at] == '*') {
            star = ++at;
            retry = text;
        } else if (*text && at < length && pattern[at + escaped] == *text) {
            at += 1 + (size_t)escaped;
            text++;
        } else if (star != SIZE_MAX && *retry) {
            at = star;
            text = ++retry;
        } else {
            return false;
        }
    }
    return true;
}

/* A number of the data, of a date the day. An empty piece is an empty cell, which is its default. */
static bool read_number(const struct fab_column *column, const char *piece, size_t length, double *number)
{
    char text[FAB_ID_MAX + 1];
    const char *why;
    int32_t date;
    if (length == 0) {
        *number = column->type == FAB_COLUMN_DATE ? (double)NAN : column->preset;
        return true;
    }
    fab_key_unescape(piece, length, text, sizeof text);
    if (column->type != FAB_COLUMN_DATE)
        return fab_number_parse(text, number, &why);
    if (!fab_date_parse(text, &date, &why))
        return false;
    *number = date;
    return true;
}

static const char *print_member(const struct fab_column *column, const void *row, char text[FAB_NUMBER_TEXT_SIZE])
{
    double number = fab_member_number(column, row);
    if (isnan(number))
        return "";
    return column->type == FAB_COLUMN_DATE ? fab_date_print((int32_t)number, text) : fab_number_print(number, text);
}

static bool match_number(const struct term *term, const void *row, const char *piece, size_t length)
{
    char text[FAB_NUMBER_TEXT_SIZE];
    double wanted, number = row ? fab_member_number(term->column, row) : (double)NAN;
    if (has_star(piece, length))
        return match_pattern(piece, length, row ? print_member(term->column, row, text) : "");
    read_number(term->column, piece, length, &wanted);
    return number == wanted || (isnan(number) && isnan(wanted));
}

/* row NULL: a reference on the way is empty, and so is the cell. */
static bool match_piece(struct fab_edit *edit, const struct term *term, const void *row, const char *piece, size_t length)
{
    const struct fab_column *column = term->column;
    const char *text = NULL;
    if (column->type == FAB_COLUMN_REF) {
        const void *referred = row ? fab_edit_referred(edit, column, row) : NULL;
        text = referred ? fab_member_text(&fab_dictionary_find(column->ref)->columns[0], referred) : NULL;
    } else if (fab_member_is_text(column)) {
        text = row ? fab_member_text(column, row) : NULL;
    } else {
        return match_number(term, row, piece, length);
    }
    return match_pattern(piece, length, text ? text : "");
}

static bool match_term(struct fab_edit *edit, const struct term *term, const void *row)
{
    bool found = false;
    for (int k = 0; row && k < term->reference_count; k++)
        row = fab_edit_referred(edit, term->reference[k], row);
    for (size_t at = 0; !found && at <= term->length;) {
        size_t length = length_to(term->list + at, term->length - at, '|');
        found = match_piece(edit, term, row, term->list + at, length);
        at += length + 1;
    }
    return found != term->negated;
}

static bool match_row(struct fab_edit *edit, const struct key *key, const void *row)
{
    for (int t = 0; t < key->count; t++)
        if (!match_term(edit, &key->term[t], row))
            return false;
    return true;
}

/* ---- reading a key ---- */

int fab_key_columns(const struct fab_table_def *def, const struct fab_column *columns[FAB_KEY_COLUMNS_MAX])
{
    int count = 0;
    for (int c = 0; c < def->column_count && count < FAB_KEY_COLUMNS_MAX; c++)
        if ((def->columns[c].flags & FAB_KEY) && def->columns[c].type != FAB_COLUMN_DATE)
            columns[count++] = &def->columns[c];
    return count;
}

static bool refuse_column(struct fab_edit *edit, const struct fab_table_def *def, const char *name)
{
    struct fab_nearest nearest;
    char shown[FAB_SHOWN_SIZE];
    fab_nearest_begin(&nearest, name);
    for (int c = 0; c < def->column_count; c++)
        fab_nearest_offer(&nearest, def->columns[c].name);
    fab_utf8_quote(name, FAB_SHOWN_CHARACTERS, shown, sizeof shown);
    fab_edit_finding(edit, FAB_CHANGE_FIELD_KEY, "key has a condition on '%s', must be a column of table %s%s%s%s", shown, def->name,
                     nearest.best[0] ? " (" : "", nearest.best, nearest.best[0] ? "?)" : "");
    return false;
}

/* Every number and date of a list can be read. */
static bool check_list(struct fab_edit *edit, const struct term *term)
{
    char shown[FAB_SHOWN_SIZE], text[FAB_ID_MAX + 1];
    double number;
    if (fab_member_is_text(term->column) || term->column->type == FAB_COLUMN_REF)
        return true;
    for (size_t at = 0; at <= term->length;) {
        const char *piece = term->list + at;
        size_t length = length_to(piece, term->length - at, '|');
        at += length + 1;
        if (has_star(piece, length) || read_number(term->column, piece, length, &number))
            continue;
        fab_key_unescape(piece, length, text, sizeof text);
        fab_utf8_quote(text, FAB_SHOWN_CHARACTERS, shown, sizeof shown);
        fab_edit_finding(edit, FAB_CHANGE_FIELD_KEY, "key has '%s' for %s, must be %s", shown, term->column->name,
                         term->column->type == FAB_COLUMN_DATE ? "a date YYYY-MM-DD" : "a plain decimal number");
        return false;
    }
    return true;
}

/* "source.region": all but the last are references. */
static bool read_path(struct fab_edit *edit, const struct fab_table_def *def, const char *path, size_t length, struct term *term)
{
    char name[FAB_ID_MAX + 1];
    for (size_t at = 0; at <= length;) {
        size_t part = length_to(path + at, length - at, '.');
        bool last = at + part >= length;
        fab_key_unescape(path + at, part, name, sizeof name);
        int c = fab_table_def_find_column(def, name);
        if (c < 0)
            return refuse_column(edit, def, name);
        at += part + 1;
        if (last) {
            term->def = def;
            term->column = &def->columns[c];
            return true;
        }
        if (def->columns[c].type != FAB_COLUMN_REF || term->reference_count == REFERENCES_MAX) {
            fab_edit_finding(edit, FAB_CHANGE_FIELD_KEY, "key has a dot behind '%s', must be a column that names a row of another table", name);
            return false;
        }
        term->reference[term->reference_count++] = &def->columns[c];
        def = fab_dictionary_find(def->columns[c].ref);
    }
    return false;
}

static bool add_term(struct fab_edit *edit, struct key *key, const struct term *term)
{
    if (key->count == TERMS_MAX) {
        fab_edit_finding(edit, FAB_CHANGE_FIELD_KEY, "key has too many conditions, must have at most %d parts and conditions", TERMS_MAX);
        return false;
    }
    key->term[key->count++] = *term;
    return check_list(edit, term);
}

static bool read_condition(struct fab_edit *edit, const struct fab_table_def *def, const char *text, size_t length, struct key *key)
{
    struct term term = {0};
    size_t name = length_to(text, length, '=');
    if (name == length) {
        fab_edit_finding(edit, FAB_CHANGE_FIELD_KEY, "key has the condition '%.*s', must be column=value", (int)length, text);
        return false;
    }
    term.negated = name > 0 && text[name - 1] == '!';
    term.list = text + name + 1;
    term.length = length - name - 1;
    return read_path(edit, def, text, name - term.negated, &term) && add_term(edit, key, &term);
}

/* "source/item" */
static const char *print_columns(const struct fab_column *const columns[], int count, char *text, size_t size)
{
    size_t used = 0;
    snprintf(text, size, "*");
    for (int c = 0; c < count && used < size; c++)
        used += (size_t)snprintf(text + used, size - used, "%s%s", c ? "/" : "", columns[c]->name);
    return text;
}

static bool refuse_parts(struct fab_edit *edit, const struct fab_table_def *def, const struct fab_column *const columns[], int count, int parts)
{
    char names[FAB_PROBLEM_SIZE / 2];
    fab_edit_finding(edit, FAB_CHANGE_FIELD_KEY, "key has %d part%s, must be %s, the key of table %s without its dates (a / in an id is \\/)", parts,
                     parts == 1 ? "" : "s", print_columns(columns, count, names, sizeof names), def->name);
    return false;
}

static bool read_parts(struct fab_edit *edit, const struct fab_table_def *def, const struct fab_column *const columns[], int count,
                       const char *text, size_t length, struct key *key)
{
    int parts = 0;
    for (size_t at = 0; at <= length; parts++) {
        struct term term = {.def = def, .list = text + at, .length = length_to(text + at, length - at, '/')};
        at += term.length + 1;
        if (parts >= count && !(count == 0 && parts == 0 && term.length == 1 && *term.list == '*'))
            return refuse_parts(edit, def, columns, count, parts + 1);
        if (count == 0)
            continue;
        term.column = columns[parts];
        if (!add_term(edit, key, &term))
            return false;
    }
    for (int c = parts; c < count; c++)
        if (!(columns[c]->flags & FAB_OPTIONAL))
            return refuse_parts(edit, def, columns, count, parts);
    return true;
}

static bool read_key(struct fab_edit *edit, const struct fab_table_def *def, const struct fab_column *const columns[], int count,
                     struct key *key)
{
    const char *text = edit->list->change[edit->current].key, *piece = "";
    size_t length = 0;
    struct fab_key_pieces pieces = {text};
    if (!*text) {
        fab_edit_finding(edit, FAB_CHANGE_FIELD_KEY, "key is empty, must name rows of table %s (* is all)", def->name);
        return false;
    }
    fab_key_next(&pieces, ';', &piece, &length);
    if (!read_parts(edit, def, columns, count, piece, length, key))
        return false;
    while (fab_key_next(&pieces, ';', &piece, &length))
        if (!read_condition(edit, def, piece, length, key))
            return false;
    return true;
}

/* ---- no row ---- */

/* The nearest id of a first part that names one row. */
static void find_nearest(struct fab_edit *edit, const struct key *key, struct fab_nearest *nearest)
{
    char id[4 * FAB_ID_MAX + 1];
    const struct term *first = key->count > 0 ? &key->term[0] : NULL;
    bool named = first && !has_star(first->list, first->length) && length_to(first->list, first->length, '|') == first->length;
    const struct fab_table_def *parent = !named                                ? NULL
                                         : first->column->type == FAB_COLUMN_REF ? fab_dictionary_find(first->column->ref)
                                         : first->column->type == FAB_COLUMN_ID  ? first->def
                                                                                 : NULL;
    fab_key_unescape(named ? first->list : "", named ? first->length : 0, id, sizeof id);
    fab_nearest_begin(nearest, id);
    if (!parent || fab_edit_find(edit, parent, id) != FAB_NONE)
        return;
    const struct fab_edit_table *table = fab_edit_table(edit, parent);
    for (int r = 0; r < table->count; r++)
        if (!table->state[r].dead)
            fab_nearest_offer(nearest, fab_member_text(&parent->columns[0], fab_edit_row(table, r)));
}

static void report_none(struct fab_edit *edit, const struct fab_table_def *def, const struct key *key)
{
    struct fab_nearest nearest;
    char shown[FAB_SHOWN_SIZE];
    find_nearest(edit, key, &nearest);
    fab_utf8_quote(edit->list->change[edit->current].key, FAB_SHOWN_CHARACTERS, shown, sizeof shown);
    fab_edit_finding(edit, FAB_CHANGE_FIELD_KEY, "key is '%s', must meet a row of table %s%s%s%s", shown, def->name,
                     nearest.best[0] ? " (" : "", nearest.best, nearest.best[0] ? "?)" : "");
}

fab_status fab_key_match(struct fab_edit *edit, struct fab_edit_table *table, const struct fab_column *const columns[], int count, bool *good)
{
    fab_status status = FAB_OK;
    struct key *key = NULL;
    bool met = false;
    TRY_MEMORY(edit->context, key = calloc(1, sizeof *key));
    *good = read_key(edit, table->def, columns, count, key);
    for (int r = 0; *good && r < table->count; r++) {
        struct fab_row_state *state = &table->state[r];
        state->piece = false;
        state->matched = !state->dead && match_row(edit, key, fab_edit_row(table, r));
        met |= state->matched;
    }
    if (*good && !met)
        report_none(edit, table->def, key);
    *good = *good && met;
out:
    free(key);
    return status;
}
