/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "external_read.h"

#include "number.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINE_SIZE = 512, WORDS = 5 };

/* A file being read, by lines of words. */
struct reading {
    const fab_lp *lp;
    FILE *file;
    struct fab_external_answer *answer;
    char line[LINE_SIZE], text[LINE_SIZE]; /* text: the line as it stands */
    char *word[WORDS];
    int words;
    long number; /* of the line */
    int columns; /* that were named */
    bool letters;
    const char *fault;
};

/* The next line with words in it; false at the end of the file, or at a line that is too long to be one. */
static bool next_line(struct reading *reading)
{
    while (fgets(reading->line, sizeof reading->line, reading->file)) {
        reading->number++;
        if (!strchr(reading->line, '\n') && !feof(reading->file)) {
            reading->fault = "the line is too long";
            return false;
        }
        memcpy(reading->text, reading->line, sizeof reading->text);
        reading->words = 0;
        char *rest = NULL;
        for (char *word = strtok_r(reading->line, " \t\r\n", &rest); word && reading->words < WORDS; word = strtok_r(NULL, " \t\r\n", &rest))
            reading->word[reading->words++] = word;
        if (reading->words > 0)
            return true;
    }
    return false;
}

/* Place of R1, R2, ... or C1, C2, ...; -1: no such name. */
static int place_of(const char *name, char kind, int count)
{
    char *end;
    if (name[0] != kind || !isdigit((unsigned char)name[1]))
        return -1;
    long place = strtol(name + 1, &end, 10);
    return *end == '\0' && place >= 1 && place <= count ? (int)place - 1 : -1;
}

static bool read_number(struct reading *reading, const char *word, double *number)
{
    const char *why;
    if (fab_number_parse(word, number, &why))
        return true;
    reading->fault = "a number is wrong";
    return false;
}

/* x of a column, or the multiplier of a row: the file minimises minus the objective. */
static bool take_value(struct reading *reading, const char *name, const char *value)
{
    const fab_lp *lp = reading->lp;
    fab_lp_solution *solution = reading->answer->solution;
    int column = place_of(name, 'C', lp->column_count), row = place_of(name, 'R', lp->row_count);
    double number;
    if (column < 0 && row < 0) {
        reading->fault = "the name is none of the program's";
        return false;
    }
    if (!read_number(reading, value, &number))
        return false;
    if (column >= 0) {
        solution->x[column] = number;
        reading->columns++;
    } else {
        solution->multiplier[row] = number == 0 ? 0 : -number;
        reading->answer->multipliers = true;
    }
    return true;
}

static bool take_letter(struct reading *reading, const char *name, char letter)
{
    const fab_lp *lp = reading->lp;
    fab_lp_solution *solution = reading->answer->solution;
    int column = place_of(name, 'C', lp->column_count), row = place_of(name, 'R', lp->row_count);
    if (letter == '\0' || !strchr("blufs", letter)) {
        reading->fault = "the status is none of b, l, u";
        return false;
    }
    if (column >= 0)
        solution->column_status[column] = letter;
    else if (row >= 0)
        solution->row_status[row] = letter;
    reading->letters = true;
    return true;
}

/* ---- what the solver says of its answer */

static bool begins(const char *text, const char *with)
{
    for (; *with; text++, with++)
        if (tolower((unsigned char)*text) != *with)
            return false;
    return true;
}

static enum fab_external_said said_by(const char *text)
{
    if (begins(text, "optimal"))
        return FAB_EXTERNAL_OPTIMAL;
    if (begins(text, "infeasible") || begins(text, "integer infeasible") || begins(text, "primal infeasible"))
        return FAB_EXTERNAL_INFEASIBLE;
    if (begins(text, "time") || begins(text, "limit") || begins(text, "stopped"))
        return FAB_EXTERNAL_TIME;
    return FAB_EXTERNAL_NOTHING;
}

/* ---- the formats */

/* [**] number name value dual. */
static bool read_clp(struct reading *reading)
{
    if (!next_line(reading))
        return false;
    reading->answer->said = said_by(reading->text);
    while (next_line(reading)) {
        char **word = reading->word;
        int first = strcmp(word[0], "**") == 0;
        if (reading->words - first < 4) {
            reading->fault = "there are too few words";
            return false;
        }
        bool row = word[first + 1][0] == 'R';
        if (!take_value(reading, word[first + 1], word[first + (row ? 3 : 2)]))
            return false;
    }
    return reading->fault == NULL;
}

/* Sections of names and values; in that of the basis the values are states. */
static bool read_highs(struct reading *reading)
{
    enum { NOWHERE, PRIMAL, DUAL, BASIS } part = NOWHERE;
    static const char letters[] = "lbuff";
    bool columns = false;
    while (next_line(reading)) {
        char **word = reading->word;
        if (begins(reading->text, "model status")) {
            reading->answer->said = next_line(reading) ? said_by(reading->text) : FAB_EXTERNAL_NOTHING;
        } else if (word[0][0] == '#') {
            part = begins(reading->text, "# primal") ? PRIMAL : begins(reading->text, "# dual") ? DUAL : begins(reading->text, "# basis") ? BASIS : part;
            columns = begins(reading->text, "# columns");
        } else if (reading->words == 2 && part == BASIS && word[1][0] >= '0' && word[1][0] <= '4' && word[1][1] == '\0') {
            if (!take_letter(reading, word[0], letters[word[1][0] - '0']))
                return false;
        } else if (reading->words == 2 && strcmp(word[0], "Objective") != 0 && part != BASIS && (part == PRIMAL) == columns) {
            if (!take_value(reading, word[0], word[1]))
                return false;
        }
    }
    return reading->fault == NULL;
}

static bool read_own(struct reading *reading)
{
    while (next_line(reading)) {
        char **word = reading->word;
        if (word[0][0] == '#')
            continue;
        if (reading->words < 2 || reading->words > 3) {
            reading->fault = "the line has neither two words nor three";
            return false;
        }
        if (strcmp(word[0], "status") == 0)
            reading->answer->said = said_by(word[1]);
        else if (!take_value(reading, word[0], word[1]) || (reading->words == 3 && !take_letter(reading, word[0], word[2][1] == '\0' ? word[2][0] : '\0')))
            return false;
    }
    return reading->fault == NULL;
}

static void begin_basis(const fab_lp *lp, fab_lp_solution *solution)
{
    memset(solution->row_status, 'b', (size_t)lp->row_count);
    memset(solution->column_status, 'l', (size_t)lp->column_count);
}

bool fab_external_read(const fab_lp *lp, enum fab_external_format format, const char *path, struct fab_external_answer *answer, char why[128])
{
    static bool (*const readers[])(struct reading *) = {[FAB_EXTERNAL_CLP] = read_clp, [FAB_EXTERNAL_HIGHS] = read_highs, [FAB_EXTERNAL_OWN] = read_own};
    struct reading reading = {.lp = lp, .answer = answer, .file = fopen(path, "re")};
    if (!reading.file) {
        snprintf(why, 128, "was not written");
        return false;
    }
    begin_basis(lp, answer->solution);
    bool good = readers[format](&reading);
    fclose(reading.file);
    answer->basis = reading.letters;
    if (good && answer->said == FAB_EXTERNAL_OPTIMAL && reading.columns == 0 && lp->column_count > 0)
        good = false;
    if (!good && reading.fault)
        snprintf(why, 128, "line %ld: %s", reading.number, reading.fault);
    else if (!good)
        snprintf(why, 128, "has no values");
    return good;
}

/* ---- the basis */

bool fab_external_read_basis(const fab_lp *lp, const char *path, fab_lp_solution *solution)
{
    struct reading reading = {.lp = lp, .file = fopen(path, "re")};
    bool good = reading.file != NULL, ended = false;
    if (good)
        begin_basis(lp, solution);
    while (good && !ended && next_line(&reading)) {
        char **word = reading.word;
        int column = reading.words > 1 ? place_of(word[1], 'C', lp->column_count) : -1, row = reading.words > 2 ? place_of(word[2], 'R', lp->row_count) : -1;
        ended = strcmp(word[0], "ENDATA") == 0;
        if (ended || strcmp(word[0], "NAME") == 0)
            continue;
        bool exchange = word[0][0] == 'X';
        good = column >= 0 && (word[0][1] == 'L' || word[0][1] == 'U') && (!exchange || row >= 0);
        if (good)
            solution->column_status[column] = exchange ? 'b' : word[0][0] == 'U' ? 'u' : 'l';
        if (good && exchange)
            solution->row_status[row] = word[0][1] == 'U' ? 'u' : 'l';
    }
    if (reading.file)
        fclose(reading.file);
    return good && ended;
}

static bool is_at(double value, double limit)
{
    static const double near = 1e-7;
    return isfinite(limit) && fabs(value - limit) <= near * fmax(1, fabs(limit));
}

static void guess_row(const struct fab_lp_row *row, double multiplier, double activity, char *status)
{
    if (row->lower == row->upper)
        *status = 's';
    else if (!isnan(activity))
        *status = is_at(activity, row->upper) ? 'u' : is_at(activity, row->lower) ? 'l' : 'b';
    else
        *status = multiplier > 0 ? 'u' : multiplier < 0 ? 'l' : 'b';
}

bool fab_external_guess_basis(const fab_lp *lp, bool multipliers, fab_lp_solution *solution)
{
    double *activity = calloc((size_t)lp->row_count + 1, sizeof *activity);
    if (!activity)
        return false;
    for (int j = 0; j < lp->column_count; j++)
        for (int k = lp->start[j]; k < lp->start[j + 1]; k++)
            activity[lp->row_index[k]] += lp->value[k] * solution->x[j];
    for (int j = 0; j < lp->column_count; j++)
        solution->column_status[j] = is_at(solution->x[j], lp->column[j].lower) ? 'l' : is_at(solution->x[j], lp->column[j].upper) ? 'u' : 'b';
    for (int i = 0; i < lp->row_count; i++)
        guess_row(&lp->row[i], solution->multiplier[i], multipliers ? (double)NAN : activity[i], &solution->row_status[i]);
    free(activity);
    fab_external_tidy_basis(lp, solution);
    return true;
}

static char tidy(char letter, double lower, double upper)
{
    if (letter == 'b')
        return letter;
    if (lower == upper)
        return 's';
    if (!isfinite(lower) && !isfinite(upper))
        return 'f';
    if (letter == 'u')
        return isfinite(upper) ? 'u' : 'l';
    return isfinite(lower) ? 'l' : 'u';
}

void fab_external_tidy_basis(const fab_lp *lp, fab_lp_solution *solution)
{
    for (int i = 0; i < lp->row_count; i++)
        solution->row_status[i] = tidy(solution->row_status[i], lp->row[i].lower, lp->row[i].upper);
    for (int j = 0; j < lp->column_count; j++)
        solution->column_status[j] = tidy(solution->column_status[j], lp->column[j].lower, lp->column[j].upper);
}
