/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc_value.h"

#include <math.h>
#include <string.h>
#include <strings.h>

struct fab_calc fab_calc_number(double number)
{
    return isfinite(number) ? (struct fab_calc){.kind = FAB_CALC_NUMBER, .number = number} : fab_calc_error(FAB_CALC_NUM);
}

struct fab_calc fab_calc_logical(bool holds)
{
    return (struct fab_calc){.kind = FAB_CALC_LOGICAL, .number = holds};
}

struct fab_calc fab_calc_text(const char *text)
{
    return (struct fab_calc){.kind = FAB_CALC_TEXT, .text = text};
}

struct fab_calc fab_calc_error(enum fab_calc_error error)
{
    return (struct fab_calc){.kind = FAB_CALC_ERROR, .error = error};
}

const char *fab_calc_error_name(enum fab_calc_error error)
{
    static const char *const names[] = {
        [FAB_CALC_DIV0] = "#DIV/0!", [FAB_CALC_VALUE] = "#VALUE!", [FAB_CALC_REF] = "#REF!",
        [FAB_CALC_NAME] = "#NAME?",  [FAB_CALC_NUM] = "#NUM!",     [FAB_CALC_NA] = "#N/A",
    };
    return names[error];
}

struct fab_matrix fab_matrix_one(struct fab_calc value)
{
    return (struct fab_matrix){.rows = 1, .columns = 1, .one = value};
}

struct fab_matrix fab_matrix_new(struct fab_calculation *calculation, int rows, int columns)
{
    struct fab_matrix matrix = {.rows = rows, .columns = columns};
    if (rows == 1 && columns == 1)
        return matrix;
    matrix.cells = fab_arena_take(calculation->arena, (size_t)rows * (size_t)columns, sizeof *matrix.cells);
    if (matrix.cells)
        return matrix;
    calculation->memory_short = true;
    return fab_matrix_one(fab_calc_error(FAB_CALC_VALUE));
}

int fab_matrix_count(const struct fab_matrix *matrix)
{
    return matrix->rows * matrix->columns;
}

const struct fab_calc *fab_matrix_get(const struct fab_matrix *matrix, int index)
{
    return matrix->cells ? &matrix->cells[index] : &matrix->one;
}

struct fab_calc fab_matrix_at(const struct fab_matrix *matrix, int row, int column)
{
    row = matrix->rows == 1 ? 0 : row;
    column = matrix->columns == 1 ? 0 : column;
    if (row >= matrix->rows || column >= matrix->columns)
        return fab_calc_error(FAB_CALC_NA);
    return *fab_matrix_get(matrix, row * matrix->columns + column);
}

struct fab_calc fab_calc_to_number(struct fab_calc value)
{
    switch (value.kind) {
    case FAB_CALC_EMPTY: return fab_calc_number(0);
    case FAB_CALC_LOGICAL: return fab_calc_number(value.number);
    case FAB_CALC_TEXT: return fab_calc_error(FAB_CALC_VALUE);
    case FAB_CALC_NUMBER:
    case FAB_CALC_ERROR: break;
    }
    return value;
}

struct fab_calc fab_calc_to_text(struct fab_calculation *calculation, struct fab_calc value)
{
    enum { DIGITS = 15 };
    char *text;
    switch (value.kind) {
    case FAB_CALC_EMPTY: return fab_calc_text("");
    case FAB_CALC_LOGICAL: return fab_calc_text(value.number != 0 ? "TRUE" : "FALSE");
    case FAB_CALC_NUMBER:
        text = fab_arena_printf(calculation->arena, "%.*G", DIGITS, value.number + 0.0);
        calculation->memory_short |= !text;
        return text ? fab_calc_text(text) : fab_calc_error(FAB_CALC_VALUE);
    case FAB_CALC_TEXT:
    case FAB_CALC_ERROR: break;
    }
    return value;
}

/* Whether two numbers agree but for the last of their 53 bits. */
static bool nearly_equal(double left, double right)
{
    static const double bits = 0x1p-48;
    if (left == right)
        return true;
    double difference = fabs(left - right);
    /* whole numbers are exact */
    if (left == rint(left) && right == rint(right) && fabs(left) < 0x1p53 && fabs(right) < 0x1p53)
        return false;
    return difference < fabs(left) * bits && difference < fabs(right) * bits;
}

static struct fab_calc concatenate(struct fab_calculation *calculation, struct fab_calc left, struct fab_calc right)
{
    left = fab_calc_to_text(calculation, left);
    right = fab_calc_to_text(calculation, right);
    if (left.kind == FAB_CALC_ERROR || right.kind == FAB_CALC_ERROR)
        return left.kind == FAB_CALC_ERROR ? left : right;
    const char *text = fab_arena_printf(calculation->arena, "%s%s", left.text, right.text);
    calculation->memory_short |= !text;
    return text ? fab_calc_text(text) : fab_calc_error(FAB_CALC_VALUE);
}

static struct fab_calc do_arithmetic(char operation, double left, double right)
{
    switch (operation) {
    case '+': return fab_calc_number(nearly_equal(left, -right) ? 0 : left + right);
    case '-': return fab_calc_number(nearly_equal(left, right) ? 0 : left - right);
    case '*': return fab_calc_number(left * right);
    case '/': return right == 0 ? fab_calc_error(FAB_CALC_DIV0) : fab_calc_number(left / right);
    default: break;
    }
    if (left == 0 && right <= 0)
        return fab_calc_error(right < 0 ? FAB_CALC_DIV0 : FAB_CALC_NUM);
    return fab_calc_number(pow(left, right));
}

static int kind_order(enum fab_calc_kind kind)
{
    return kind == FAB_CALC_LOGICAL ? 2 : kind == FAB_CALC_TEXT;
}

/* What nothing is beside another value: "" or 0. */
static struct fab_calc as_beside(struct fab_calc value, enum fab_calc_kind other)
{
    if (value.kind != FAB_CALC_EMPTY)
        return value;
    return other == FAB_CALC_TEXT ? fab_calc_text("") : other == FAB_CALC_LOGICAL ? fab_calc_logical(false) : fab_calc_number(0);
}

int fab_calc_compare(struct fab_calc left, struct fab_calc right)
{
    struct fab_calc a = as_beside(left, right.kind), b = as_beside(right, left.kind);
    if (kind_order(a.kind) != kind_order(b.kind))
        return kind_order(a.kind) < kind_order(b.kind) ? -1 : 1;
    if (a.kind == FAB_CALC_TEXT)
        return strcasecmp(a.text, b.text);
    return nearly_equal(a.number, b.number) ? 0 : a.number < b.number ? -1 : 1;
}

static struct fab_calc do_comparison(char operation, int order)
{
    switch (operation) {
    case '=': return fab_calc_logical(order == 0);
    case 'n': return fab_calc_logical(order != 0);
    case '<': return fab_calc_logical(order < 0);
    case '>': return fab_calc_logical(order > 0);
    case 'l': return fab_calc_logical(order <= 0);
    default: return fab_calc_logical(order >= 0);
    }
}

struct fab_calc fab_calc_operate(struct fab_calculation *calculation, char operation, struct fab_calc left, struct fab_calc right)
{
    if (left.kind == FAB_CALC_ERROR || right.kind == FAB_CALC_ERROR)
        return left.kind == FAB_CALC_ERROR ? left : right;
    if (operation == '&')
        return concatenate(calculation, left, right);
    if (!strchr("+-*/^", operation))
        return do_comparison(operation, fab_calc_compare(left, right));
    left = fab_calc_to_number(left);
    right = fab_calc_to_number(right);
    if (left.kind == FAB_CALC_ERROR || right.kind == FAB_CALC_ERROR)
        return left.kind == FAB_CALC_ERROR ? left : right;
    return do_arithmetic(operation, left.number, right.number);
}
