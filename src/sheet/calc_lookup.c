/* Functions that look for values.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc_functions.h"

#include <stdlib.h>
#include <string.h>

#include "calc_sum.h"

/* What a cell is compared with: an operator of fab_calc_operate and a value. */
struct criterion {
    char operation;
    struct fab_calc value;
    bool pattern; /* the text has * ? or ~ */
};

static struct criterion read_criterion(const struct fab_calc *value)
{
    static const struct {
        const char *sign;
        char operation;
    } signs[] = {{"<>", 'n'}, {"<=", 'l'}, {">=", 'g'}, {"<", '<'}, {">", '>'}, {"=", '='}};
    struct criterion criterion = {.operation = '=', .value = *value};
    if (value->kind != FAB_CALC_TEXT)
        return criterion;
    const char *text = value->text;
    for (size_t s = 0; s < sizeof signs / sizeof *signs; s++)
        if (strncmp(text, signs[s].sign, strlen(signs[s].sign)) == 0) {
            criterion.operation = signs[s].operation;
            text += strlen(signs[s].sign);
            break;
        }
    char *end;
    double number = strtod(text, &end);
    criterion.value = *text && !*end ? fab_calc_number(number) : fab_calc_text(text);
    criterion.pattern = criterion.value.kind == FAB_CALC_TEXT && strpbrk(text, "*?~");
    return criterion;
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* * stands for any text, ? for a character, ~ before one of the three for itself. */
static bool matches(const char *pattern, const char *text)
{
    for (; *pattern; pattern++, text++) {
        if (*pattern == '*') {
            for (; *text; text++)
                if (matches(pattern + 1, text))
                    return true;
            return matches(pattern + 1, text);
        }
        if (*pattern == '?' ? !*text : lower(*(pattern[0] == '~' && pattern[1] ? ++pattern : pattern)) != lower(*text))
            return false;
    }
    return !*text;
}

static bool holds(const struct criterion *criterion, struct fab_calc value)
{
    if (value.kind == FAB_CALC_ERROR)
        return false;
    bool text = criterion->value.kind == FAB_CALC_TEXT, same_kind = text == (value.kind == FAB_CALC_TEXT);
    if (text && value.kind == FAB_CALC_EMPTY && !*criterion->value.text)
        return criterion->operation == '=';
    if (value.kind == FAB_CALC_EMPTY || !same_kind)
        return criterion->operation == 'n';
    if (criterion->pattern && (criterion->operation == '=' || criterion->operation == 'n'))
        return matches(criterion->value.text, value.text) == (criterion->operation == '=');
    return fab_calc_operate(NULL, criterion->operation, value, criterion->value).number != 0;
}

/* Whether all pairs of a range and a criterion hold at a place. */
static bool all_hold(const struct fab_matrix *pairs, const struct criterion *criteria, int count, int place)
{
    for (int p = 0; p < count; p++)
        if (!holds(&criteria[p], *fab_matrix_get(&pairs[2 * p], place)))
            return false;
    return true;
}

/* Sums the values whose criteria hold, or counts them where there are none to sum. */
static struct fab_calc sum_where(struct fab_calculation *calculation, const struct fab_matrix *values, const struct fab_matrix *pairs, int count)
{
    struct fab_sum sum = {0, 0};
    struct criterion *criteria = fab_arena_take(calculation->arena, (size_t)count, sizeof *criteria);
    calculation->memory_short |= !criteria;
    if (!criteria)
        return fab_calc_error(FAB_CALC_VALUE);
    int cells = fab_matrix_count(values ? values : &pairs[0]);
    for (int p = 0; p < count; p++) {
        if (fab_matrix_count(&pairs[2 * p]) != cells || fab_matrix_count(&pairs[2 * p + 1]) != 1)
            return fab_calc_error(FAB_CALC_VALUE);
        criteria[p] = read_criterion(fab_matrix_get(&pairs[2 * p + 1], 0));
    }
    for (int i = 0; i < cells; i++) {
        if (!all_hold(pairs, criteria, count, i))
            continue;
        struct fab_calc value = values ? *fab_matrix_get(values, i) : fab_calc_number(1);
        if (value.kind == FAB_CALC_ERROR)
            return value;
        if (value.kind == FAB_CALC_NUMBER)
            fab_sum_add(&sum, value.number);
    }
    return fab_calc_number(sum.total + sum.lost);
}

/* SUMIF(range, criterion, [values]). */
struct fab_calc fab_calc_sumif(struct fab_calculation *calculation, const struct fab_matrix *arguments, int count)
{
    return sum_where(calculation, &arguments[count > 2 ? 2 : 0], arguments, 1);
}

/* SUMIFS(values, range, criterion, ...). */
struct fab_calc fab_calc_sumifs(struct fab_calculation *calculation, const struct fab_matrix *arguments, int count)
{
    return count % 2 ? sum_where(calculation, arguments, arguments + 1, count / 2) : fab_calc_error(FAB_CALC_VALUE);
}

struct fab_calc fab_calc_countifs(struct fab_calculation *calculation, const struct fab_matrix *arguments, int count)
{
    return count % 2 ? fab_calc_error(FAB_CALC_VALUE) : sum_where(calculation, NULL, arguments, count / 2);
}

/* INDEX(range, row, [column]); of a single row or column the one number is the place in it. */
struct fab_calc fab_calc_index(struct fab_calculation *calculation, const struct fab_matrix *arguments, int count)
{
    (void)calculation;
    struct fab_calc row = fab_calc_argument_number(&arguments[1]);
    struct fab_calc column = count > 2 ? fab_calc_argument_number(&arguments[2]) : fab_calc_number(1);
    if (row.kind == FAB_CALC_ERROR || column.kind == FAB_CALC_ERROR)
        return row.kind == FAB_CALC_ERROR ? row : column;
    if (count == 2 && arguments[0].rows == 1) {
        column = row;
        row = fab_calc_number(1);
    }
    if (row.number < 1 || column.number < 1)
        return fab_calc_error(FAB_CALC_VALUE); /* whole rows and columns are no single value */
    if (row.number >= arguments[0].rows + 1.0 || column.number >= arguments[0].columns + 1.0)
        return fab_calc_error(FAB_CALC_REF);
    return *fab_matrix_get(&arguments[0], ((int)row.number - 1) * arguments[0].columns + (int)column.number - 1);
}

/* MATCH(value, row or column, 0 or 1): the place of the value; with 1 of the last one that is not larger, in ascending order. */
struct fab_calc fab_calc_match(struct fab_calculation *calculation, const struct fab_matrix *arguments, int count)
{
    (void)calculation;
    struct fab_calc type = count > 2 ? fab_calc_argument_number(&arguments[2]) : fab_calc_number(1);
    if (type.kind == FAB_CALC_ERROR || fab_matrix_count(&arguments[0]) != 1)
        return type.kind == FAB_CALC_ERROR ? type : fab_calc_error(FAB_CALC_VALUE);
    const struct fab_calc *wanted = fab_matrix_get(&arguments[0], 0);
    if (wanted->kind == FAB_CALC_ERROR)
        return *wanted;
    if ((arguments[1].rows > 1 && arguments[1].columns > 1) || (type.number != 0 && type.number != 1))
        return fab_calc_error(FAB_CALC_NA);
    int place = 0;
    for (int i = 0; i < fab_matrix_count(&arguments[1]); i++) {
        struct fab_calc value = *fab_matrix_get(&arguments[1], i);
        if ((value.kind == FAB_CALC_TEXT) != (wanted->kind == FAB_CALC_TEXT) || value.kind == FAB_CALC_EMPTY || value.kind == FAB_CALC_ERROR)
            continue;
        int order = fab_calc_compare(value, *wanted);
        if (order == 0 && type.number == 0)
            return fab_calc_number(i + 1);
        if (order <= 0 && type.number == 1)
            place = i + 1;
    }
    return place ? fab_calc_number(place) : fab_calc_error(FAB_CALC_NA);
}
