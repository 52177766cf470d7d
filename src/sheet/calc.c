/* The grammar of formulas.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc.h"

#include <stdlib.h>
#include <string.h>

#include "calc_functions.h"

enum { MOST = 255 /* arguments, of Excel */, ARGUMENTS = 32, DEPTH = 128, COLUMNS = 26 };

static const struct function {
    const char *name;
    fab_calc_function *call;
    int least, most;
    bool elementwise; /* in SUMPRODUCT it goes value by value */
    bool arrays;      /* SUMPRODUCT */
} functions[] = {
    {"SUM", fab_calc_sum, 1, MOST, false, false},
    {"SUMIF", fab_calc_sumif, 2, 3, false, false},
    {"SUMIFS", fab_calc_sumifs, 3, MOST, false, false},
    {"SUMPRODUCT", fab_calc_sumproduct, 1, MOST, false, true},
    {"COUNTIFS", fab_calc_countifs, 2, MOST, false, false},
    {"INDEX", fab_calc_index, 2, 3, false, false},
    {"MATCH", fab_calc_match, 2, 3, false, false},
    {"IF", fab_calc_if, 2, 3, false, false},
    {"IFERROR", fab_calc_iferror, 2, 2, false, false},
    {"AND", fab_calc_and, 1, MOST, false, false},
    {"OR", fab_calc_or, 1, MOST, false, false},
    {"ABS", fab_calc_abs, 1, 1, true, false},
    {"MAX", fab_calc_max, 1, MOST, false, false},
    {"MIN", fab_calc_min, 1, MOST, false, false},
    {"ROUND", fab_calc_round, 2, 2, true, false},
    {"SUBTOTAL", fab_calc_subtotal, 2, MOST, false, false},
    {"REPT", fab_calc_rept, 2, 2, false, false},
    {"TEXT", fab_calc_text_function, 2, 2, false, false},
    {"NPV", fab_calc_npv, 2, MOST, false, false},
    {"IRR", fab_calc_irr, 1, 1, false, false},
    {"DATE", fab_calc_date, 3, 3, false, false},
    {"YEAR", fab_calc_year, 1, 1, true, false},
    {"BETADIST", fab_calc_betadist, 3, 3, false, false},
};

const char *fab_calc_function_name(int index)
{
    return index >= 0 && (size_t)index < sizeof functions / sizeof *functions ? functions[index].name : NULL;
}

static struct fab_matrix fail(enum fab_calc_error error)
{
    return fab_matrix_one(fab_calc_error(error));
}

/* The grammar goes on where a formula is none: what is left of the text is dropped, and the result is #NAME?. */
static struct fab_matrix fail_syntax(struct fab_calculation *calculation)
{
    calculation->text = "\1"; /* nothing takes it */
    return fail(FAB_CALC_NAME);
}

static void skip_blanks(struct fab_calculation *calculation)
{
    calculation->text += strspn(calculation->text, " ");
}

static bool take(struct fab_calculation *calculation, const char *sign)
{
    skip_blanks(calculation);
    size_t length = strlen(sign);
    if (strncmp(calculation->text, sign, length) != 0)
        return false;
    calculation->text += length;
    return true;
}

static struct fab_matrix operate(struct fab_calculation *calculation, char operation, struct fab_matrix left, struct fab_matrix right)
{
    int rows = left.rows > right.rows ? left.rows : right.rows, columns = left.columns > right.columns ? left.columns : right.columns;
    if (rows * columns != 1 && !calculation->arrays)
        return fail(FAB_CALC_VALUE);
    struct fab_matrix result = fab_matrix_new(calculation, rows, columns);
    if (calculation->memory_short)
        return result;
    if (!result.cells) {
        result.one = fab_calc_operate(calculation, operation, *fab_matrix_get(&left, 0), *fab_matrix_get(&right, 0));
        return result;
    }
    for (int row = 0; row < rows; row++)
        for (int column = 0; column < columns; column++)
            result.cells[row * columns + column] =
                fab_calc_operate(calculation, operation, fab_matrix_at(&left, row, column), fab_matrix_at(&right, row, column));
    return result;
}

/* An elementwise function of one matrix; its other arguments are single values. */
static struct fab_matrix call_each(struct fab_calculation *calculation, const struct function *function, struct fab_matrix *arguments, int count)
{
    struct fab_matrix from = arguments[0], result = fab_matrix_new(calculation, from.rows, from.columns);
    for (int i = 0; result.cells && i < fab_matrix_count(&from); i++) {
        arguments[0] = fab_matrix_one(*fab_matrix_get(&from, i));
        result.cells[i] = function->call(calculation, arguments, count);
    }
    return result;
}

static struct fab_matrix expression(struct fab_calculation *calculation);

/* The arguments after the parenthesis; their count, or -1. */
static int read_arguments(struct fab_calculation *calculation, struct fab_matrix *arguments)
{
    int count = 0;
    do {
        if (count == ARGUMENTS)
            return -1;
        arguments[count++] = expression(calculation);
    } while (take(calculation, ","));
    return take(calculation, ")") ? count : -1;
}

static struct fab_matrix call(struct fab_calculation *calculation, const char *name, size_t length)
{
    struct fab_matrix arguments[ARGUMENTS];
    const struct function *function = NULL;
    for (size_t f = 0; f < sizeof functions / sizeof *functions; f++)
        if (strlen(functions[f].name) == length && memcmp(functions[f].name, name, length) == 0)
            function = &functions[f];
    if (!function)
        return fail_syntax(calculation);
    calculation->arrays += function->arrays;
    int count = read_arguments(calculation, arguments);
    calculation->arrays -= function->arrays;
    if (count < function->least || count > function->most)
        return fail_syntax(calculation);
    if (function->elementwise && calculation->arrays && fab_matrix_count(&arguments[0]) > 1)
        return call_each(calculation, function, arguments, count);
    return fab_matrix_one(function->call(calculation, arguments, count));
}

/* "$B$3" at the text: its length, 0 when it is none. */
static size_t read_address(const char *text, int *row, int *column)
{
    enum { ROWS = 1048576, COLUMNS_MOST = 16384 };
    const char *c = text + (*text == '$');
    *column = 0;
    for (; *c >= 'A' && *c <= 'Z' && *column <= COLUMNS_MOST; c++)
        *column = *column * COLUMNS + (*c - 'A' + 1);
    if (!*column || *column > COLUMNS_MOST)
        return 0;
    c += *c == '$';
    char *end;
    long number = *c >= '1' && *c <= '9' ? strtol(c, &end, 10) : 0;
    if (number < 1 || number > ROWS)
        return 0;
    *row = (int)number - 1;
    --*column;
    return (size_t)(end - text);
}

static struct fab_matrix read_area(struct fab_calculation *calculation, const struct fab_area *area)
{
    int rows = area->last_row - area->first_row + 1, columns = area->last_column - area->first_column + 1;
    struct fab_matrix matrix = rows < 1 || columns < 1 ? fail(FAB_CALC_REF) : fab_matrix_new(calculation, rows, columns);
    if (rows < 1 || columns < 1 || calculation->memory_short)
        return matrix;
    matrix.reference = true;
    return calculation->source->read(calculation->source->user, area, matrix.cells ? matrix.cells : &matrix.one) ? matrix : fail(FAB_CALC_REF);
}

/* A text between quotes, in which the quote twice is one; NULL: none. */
static const char *read_quoted(struct fab_calculation *calculation, char quote)
{
    char *text = fab_arena_dup(calculation->arena, calculation->text + 1), *to = text;
    calculation->memory_short |= !text;
    for (const char *c = text; c && *c; c++) {
        if (*c == quote && c[1] != quote) {
            calculation->text += c - text + 2;
            *to = '\0';
            return text;
        }
        c += *c == quote;
        *to++ = *c;
    }
    return NULL;
}

/* An address or a range, of the sheet given. */
static struct fab_matrix cells(struct fab_calculation *calculation, const char *sheet)
{
    struct fab_area area = {.sheet = sheet};
    size_t length = read_address(calculation->text, &area.first_row, &area.first_column);
    if (!length)
        return fail_syntax(calculation);
    calculation->text += length;
    area.last_row = area.first_row;
    area.last_column = area.first_column;
    if (*calculation->text == ':') {
        length = read_address(calculation->text + 1, &area.last_row, &area.last_column);
        if (!length)
            return fail_syntax(calculation);
        calculation->text += length + 1;
    }
    return read_area(calculation, &area);
}

/* t_name[Header]: the column of a table. */
static struct fab_matrix table_column(struct fab_calculation *calculation, size_t length)
{
    const char *text = calculation->text, *end = strchr(text + length, ']');
    struct fab_area area;
    if (!end)
        return fail_syntax(calculation);
    char *table = fab_arena_dup_length(calculation->arena, text, length);
    char *header = fab_arena_dup_length(calculation->arena, text + length + 1, (size_t)(end - text) - length - 1);
    calculation->memory_short |= !table || !header;
    calculation->text = end + 1;
    if (!table || !header || !calculation->source->find(calculation->source->user, table, header, &area))
        return fail(FAB_CALC_REF);
    return read_area(calculation, &area);
}

/* What starts with a letter: a function, a table, or cells. */
static struct fab_matrix named(struct fab_calculation *calculation)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.";
    const char *name = calculation->text;
    size_t length = strspn(name, letters);
    if (name[length] == '(') {
        calculation->text += length + 1;
        return call(calculation, name, length);
    }
    return name[length] == '[' ? table_column(calculation, length) : cells(calculation, NULL);
}

static struct fab_matrix quoted_sheet(struct fab_calculation *calculation)
{
    const char *sheet = read_quoted(calculation, '\'');
    if (!sheet || *calculation->text != '!')
        return fail_syntax(calculation);
    calculation->text++;
    return cells(calculation, sheet);
}

static struct fab_matrix primary(struct fab_calculation *calculation)
{
    skip_blanks(calculation);
    char c = *calculation->text;
    if (take(calculation, "(")) {
        struct fab_matrix inside = expression(calculation);
        return take(calculation, ")") ? inside : fail_syntax(calculation);
    }
    if (c == '"') {
        const char *text = read_quoted(calculation, '"');
        return text ? fab_matrix_one(fab_calc_text(text)) : fail_syntax(calculation);
    }
    if (c == '\'')
        return quoted_sheet(calculation);
    if ((c >= '0' && c <= '9') || c == '.') {
        char *end;
        double number = strtod(calculation->text, &end);
        bool taken = end != calculation->text;
        calculation->text = end;
        return taken ? fab_matrix_one(fab_calc_number(number)) : fail_syntax(calculation);
    }
    bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '$';
    return letter ? named(calculation) : fail_syntax(calculation);
}

/* Signs bind tighter than powers. */
static struct fab_matrix signed_value(struct fab_calculation *calculation)
{
    bool negative = false;
    for (skip_blanks(calculation); *calculation->text == '-' || *calculation->text == '+'; skip_blanks(calculation))
        negative ^= *calculation->text++ == '-';
    struct fab_matrix value = primary(calculation);
    while (take(calculation, "%"))
        value = operate(calculation, '/', value, fab_matrix_one(fab_calc_number(100)));
    return negative ? operate(calculation, '-', fab_matrix_one(fab_calc_number(0)), value) : value;
}

/* Operators from the loosest to the tightest; longer signs first. */
static const struct {
    int level;
    const char *sign;
    char operation;
} operators[] = {
    {0, "<=", 'l'}, {0, ">=", 'g'}, {0, "<>", 'n'}, {0, "=", '='}, {0, "<", '<'}, {0, ">", '>'},
    {1, "&", '&'},  {2, "+", '+'},  {2, "-", '-'},  {3, "*", '*'}, {3, "/", '/'}, {4, "^", '^'},
};
enum { LEVELS = 5 };

static char take_operator(struct fab_calculation *calculation, int level)
{
    for (size_t o = 0; o < sizeof operators / sizeof *operators; o++)
        if (operators[o].level == level && take(calculation, operators[o].sign))
            return operators[o].operation;
    return 0;
}

static struct fab_matrix binary(struct fab_calculation *calculation, int level)
{
    if (level == LEVELS)
        return signed_value(calculation);
    struct fab_matrix left = binary(calculation, level + 1);
    for (char operation; (operation = take_operator(calculation, level)) != 0;)
        left = operate(calculation, operation, left, binary(calculation, level + 1));
    return left;
}

static struct fab_matrix expression(struct fab_calculation *calculation)
{
    if (calculation->depth >= DEPTH)
        return fail_syntax(calculation);
    calculation->depth++;
    struct fab_matrix value = binary(calculation, 0);
    calculation->depth--;
    return value;
}

bool fab_calc_evaluate(fab_arena *arena, const struct fab_calc_source *source, const char *formula, struct fab_calc *result)
{
    struct fab_calculation calculation = {.source = source, .arena = arena, .text = formula + (*formula == '=')};
    struct fab_matrix value = expression(&calculation);
    skip_blanks(&calculation);
    if (*formula != '=' || *calculation.text)
        value = fail(FAB_CALC_NAME);
    *result = fab_matrix_count(&value) == 1 ? *fab_matrix_get(&value, 0) : fab_calc_error(FAB_CALC_VALUE);
    if (result->kind == FAB_CALC_EMPTY)
        *result = fab_calc_number(0);
    return !calculation.memory_short;
}
