/* Linear programs for other solvers.
 *
 * Free MPS: GLPK 5.0 knows no OBJSENSE section (it stops at it) and MPS minimises where nothing else is said, so the file holds minus the objective, as
 * its head says: `glpsol --freemps FILE` finds the optimum with its sign turned. A constant of the objective is a column fixed at 1, because solvers
 * disagree about the sign of a right-hand side of the objective row. CPLEX LP: the sense is in the file; a row with two different limits
 * becomes two rows, for GLPK reads no ranges there. SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fail.h"
#include "lp.h"
#include "lp_names.h"
#include "output.h"
#include "try.h"

/* Free MPS: anything but blanks; '$' starts a comment, '*' one at a line's start. Quotes and non-ASCII are left out for the readers of
 * other solvers. */
static const fab_lp_alphabet mps_alphabet = {.punctuation = "!#%&()*+,-./:;<=>?@[]^_`{|}~", .bad_start = "*-+<>=:.", .reserved = NULL};

static const char *const lp_words[] = {"free",     "inf",      "infinity", "st",       "s.t",      "s.t.",     "such",     "subject",
                                       "bound",    "bounds",   "general",  "generals", "gen",      "integer",  "integers", "int",
                                       "binary",   "binaries", "bin",      "end",      "maximize", "maximise", "maximum",  "max",
                                       "minimize", "minimise", "minimum",  "min",      NULL};
/* 'e' and 'E' at the start would be read as an exponent after a coefficient. */
static const fab_lp_alphabet lp_alphabet = {.punctuation = "!#%&(),.;?@_`{}~", .bad_start = "0123456789.eE", .reserved = lp_words};

struct writer {
    const fab_lp *lp;
    FILE *file;
    fab_lp_names *titles, *rows, *columns;
    const char *title; /* a name, too */
    const char *objective, *constant; /* names of the objective row and of the column fixed at 1 */
    const char **row_name, **column_name;
    fab_arena *numbers; /* names R1, C1 and so on; NULL: names are those of the program */
    /* the program by rows, for the LP format */
    int *row_start, *column_index;
    double *row_value;
};

typedef void print_function(const struct writer *writer);

static double plain(double value)
{
    return value == 0 ? 0 : value; /* no "-0" */
}

static bool needs_constant(const struct writer *writer)
{
    return writer->lp->objective_constant != 0 && !writer->numbers;
}

static void print_comment(FILE *file, const char *mark, const char *const *comment)
{
    for (; comment && *comment; comment++) {
        fprintf(file, "%s ", mark);
        for (const char *c = *comment; *c; c++)
            putc((unsigned char)*c < ' ' ? ' ' : *c, file);
        putc('\n', file);
    }
}

/* ---- free MPS */

static char row_type(const struct fab_lp_row *row)
{
    if (row->lower == row->upper)
        return 'E';
    return isfinite(row->upper) ? 'L' : isfinite(row->lower) ? 'G' : 'N';
}

static void print_mps_rows(const struct writer *writer)
{
    fprintf(writer->file, "ROWS\n N %s\n", writer->objective);
    for (int i = 0; i < writer->lp->row_count; i++)
        fprintf(writer->file, " %c %s\n", row_type(&writer->lp->row[i]), writer->row_name[i]);
}

/* A line where integer columns begin or end. */
static void print_mps_marker(const struct writer *writer, bool begins)
{
    fprintf(writer->file, " MARKER 'MARKER' '%s'\n", begins ? "INTORG" : "INTEND");
}

static void print_mps_columns(const struct writer *writer)
{
    const fab_lp *lp = writer->lp;
    bool integer = false;
    fputs("COLUMNS\n", writer->file);
    for (int j = 0; j < lp->column_count; j++) {
        const char *name = writer->column_name[j];
        if (lp->column[j].integer != integer && !writer->numbers)
            print_mps_marker(writer, integer = !integer);
        double objective = lp->column[j].objective;
        /* a column without coefficients must still appear */
        if (objective != 0 || lp->start[j] == lp->start[j + 1])
            fprintf(writer->file, " %s %s %.17g\n", name, writer->objective, plain(-objective));
        for (int k = lp->start[j]; k < lp->start[j + 1]; k++)
            fprintf(writer->file, " %s %s %.17g\n", name, writer->row_name[lp->row_index[k]], lp->value[k]);
    }
    if (integer)
        print_mps_marker(writer, false);
    if (needs_constant(writer))
        fprintf(writer->file, " %s %s %.17g\n", writer->constant, writer->objective, plain(-lp->objective_constant));
}

static void print_mps_limits(const struct writer *writer)
{
    const fab_lp *lp = writer->lp;
    fputs("RHS\n", writer->file);
    for (int i = 0; i < lp->row_count; i++) {
        char type = row_type(&lp->row[i]);
        double limit = type == 'G' ? lp->row[i].lower : lp->row[i].upper;
        if (type != 'N' && limit != 0)
            fprintf(writer->file, " RHS %s %.17g\n", writer->row_name[i], limit);
    }
    fputs("RANGES\n", writer->file);
    for (int i = 0; i < lp->row_count; i++)
        if (row_type(&lp->row[i]) == 'L' && isfinite(lp->row[i].lower))
            fprintf(writer->file, " RANGE %s %.17g\n", writer->row_name[i], lp->row[i].upper - lp->row[i].lower);
}

/* Limits as other solvers want them: GLPK refuses an integer column with a fraction in its limits. */
static struct fab_lp_column with_plain_limits(const struct writer *writer, const struct fab_lp_column *column)
{
    struct fab_lp_column written = *column;
    bool whole = column->integer && !writer->numbers;
    written.lower = plain(whole ? ceil(column->lower) : column->lower);
    written.upper = plain(whole ? floor(column->upper) : column->upper);
    return written;
}

static void print_mps_bounds(const struct writer *writer)
{
    fputs("BOUNDS\n", writer->file);
    for (int j = 0; j < writer->lp->column_count; j++) {
        const struct fab_lp_column column = with_plain_limits(writer, &writer->lp->column[j]);
        const char *name = writer->column_name[j];
        if (column.lower == column.upper) {
            fprintf(writer->file, " FX BOUND %s %.17g\n", name, column.lower);
            continue;
        }
        /* readers differ about the lower limit of a column with a negative upper one unless it is given */
        if (column.lower != 0 || column.upper <= 0)
            fprintf(writer->file, " LO BOUND %s %.17g\n", name, column.lower);
        fprintf(writer->file, " UP BOUND %s %.17g\n", name, column.upper);
    }
    if (needs_constant(writer))
        fprintf(writer->file, " FX BOUND %s 1\n", writer->constant);
}

static void print_mps(const struct writer *writer)
{
    fputs("* The objective here is minus that of the plan: minimise it (glpsol --freemps FILE). The sense is not part of the format that GLPK reads.\n",
          writer->file);
    if (needs_constant(writer))
        fprintf(writer->file, "* The constant of the objective is the column %s, fixed at 1.\n", writer->constant);
    fprintf(writer->file, "NAME %s\n", writer->title);
    print_mps_rows(writer);
    print_mps_columns(writer);
    print_mps_limits(writer);
    print_mps_bounds(writer);
    fputs("ENDATA\n", writer->file);
}

/* ---- CPLEX LP */

/* Short lines: the format allows 510 characters at most. */
static void print_term(const struct writer *writer, double coefficient, const char *name)
{
    fprintf(writer->file, "\n %c %.17g %s", coefficient < 0 ? '-' : '+', fabs(coefficient), name);
}

static void print_lp_objective(const struct writer *writer)
{
    const fab_lp *lp = writer->lp;
    bool any = needs_constant(writer);
    fprintf(writer->file, "Maximize\n %s:", writer->objective);
    for (int j = 0; j < lp->column_count; j++) {
        if (lp->column[j].objective == 0)
            continue;
        print_term(writer, lp->column[j].objective, writer->column_name[j]);
        any = true;
    }
    if (needs_constant(writer))
        print_term(writer, lp->objective_constant, writer->constant);
    if (!any && lp->column_count)
        print_term(writer, 0, writer->column_name[0]);
}

static void print_lp_row(const struct writer *writer, int row, const char *name, const char *relation, double limit)
{
    fprintf(writer->file, "\n %s:", name);
    for (int k = writer->row_start[row]; k < writer->row_start[row + 1]; k++)
        print_term(writer, writer->row_value[k], writer->column_name[writer->column_index[k]]);
    if (writer->row_start[row] == writer->row_start[row + 1])
        print_term(writer, 0, writer->column_name[0]);
    fprintf(writer->file, "\n %s %.17g", relation, plain(limit));
}

static void print_lp_rows(const struct writer *writer)
{
    fputs("\nSubject To", writer->file);
    for (int i = 0; i < writer->lp->row_count; i++) {
        const struct fab_lp_row *row = &writer->lp->row[i];
        if (row->lower == row->upper) {
            print_lp_row(writer, i, writer->row_name[i], "=", row->lower);
            continue;
        }
        if (isfinite(row->upper))
            print_lp_row(writer, i, writer->row_name[i], "<=", row->upper);
        if (isfinite(row->lower)) {
            const char *name = isfinite(row->upper) ? fab_lp_names_make(writer->rows, row->name) : writer->row_name[i];
            print_lp_row(writer, i, name ? name : "range", ">=", row->lower);
        }
    }
}

static void print_lp_bounds(const struct writer *writer)
{
    fputs("\nBounds\n", writer->file);
    for (int j = 0; j < writer->lp->column_count; j++) {
        const struct fab_lp_column column = with_plain_limits(writer, &writer->lp->column[j]);
        if (column.lower == column.upper)
            fprintf(writer->file, " %s = %.17g\n", writer->column_name[j], column.lower);
        else
            fprintf(writer->file, " %.17g <= %s <= %.17g\n", column.lower, writer->column_name[j], column.upper);
    }
    if (needs_constant(writer))
        fprintf(writer->file, " %s = 1\n", writer->constant);
}

static void print_lp_integers(const struct writer *writer)
{
    bool any = false;
    for (int j = 0; j < writer->lp->column_count; j++) {
        if (!writer->lp->column[j].integer)
            continue;
        fprintf(writer->file, "%s %s\n", any ? "" : "Generals\n", writer->column_name[j]);
        any = true;
    }
}

static void print_lp(const struct writer *writer)
{
    print_lp_objective(writer);
    print_lp_rows(writer);
    print_lp_bounds(writer);
    print_lp_integers(writer);
    fputs("End\n", writer->file);
}

/* ---- both */

static bool make_row_major(struct writer *writer)
{
    const fab_lp *lp = writer->lp;
    size_t rows = (size_t)lp->row_count + 2, nonzeros = (size_t)lp->nonzero_count + 1;
    int *start = writer->row_start = calloc(rows, sizeof *start);
    writer->column_index = malloc(nonzeros * sizeof *writer->column_index);
    writer->row_value = malloc(nonzeros * sizeof *writer->row_value);
    if (!start || !writer->column_index || !writer->row_value)
        return false;
    /* start[i + 1] runs through row i while it is filled and ends where row i + 1 begins */
    for (int k = 0; k < lp->nonzero_count; k++)
        start[lp->row_index[k] + 2]++;
    for (int i = 0; i < lp->row_count; i++)
        start[i + 2] += start[i + 1];
    for (int j = 0; j < lp->column_count; j++) {
        for (int k = lp->start[j]; k < lp->start[j + 1]; k++) {
            int place = start[lp->row_index[k] + 1]++;
            writer->column_index[place] = j;
            writer->row_value[place] = lp->value[k];
        }
    }
    return true;
}

static bool make_names(struct writer *writer, const fab_lp_alphabet *alphabet)
{
    const fab_lp *lp = writer->lp;
    size_t rows = (size_t)lp->row_count, columns = (size_t)lp->column_count;
    writer->titles = fab_lp_names_new(alphabet, 1);
    writer->rows = fab_lp_names_new(alphabet, 2 * rows + 1); /* twice: the second row of a range */
    writer->columns = fab_lp_names_new(alphabet, columns + 1);
    writer->row_name = calloc(rows + 1, sizeof *writer->row_name);
    writer->column_name = calloc(columns + 1, sizeof *writer->column_name);
    if (!writer->titles || !writer->rows || !writer->columns || !writer->row_name || !writer->column_name)
        return false;
    for (size_t i = 0; i < rows; i++)
        if (!(writer->row_name[i] = fab_lp_names_make(writer->rows, lp->row[i].name)))
            return false;
    for (size_t j = 0; j < columns; j++)
        if (!(writer->column_name[j] = fab_lp_names_make(writer->columns, lp->column[j].name)))
            return false;
    writer->objective = fab_lp_names_make(writer->rows, "objective");
    writer->constant = fab_lp_names_make(writer->columns, "constant");
    writer->title = fab_lp_names_make(writer->titles, lp->title);
    return writer->objective && writer->constant && writer->title;
}

static bool make_numbers(struct writer *writer)
{
    const fab_lp *lp = writer->lp;
    size_t rows = (size_t)lp->row_count, columns = (size_t)lp->column_count;
    bool good = true;
    writer->numbers = fab_arena_new();
    writer->row_name = calloc(rows + 1, sizeof *writer->row_name);
    writer->column_name = calloc(columns + 1, sizeof *writer->column_name);
    if (!writer->numbers || !writer->row_name || !writer->column_name)
        return false;
    for (size_t i = 0; i < rows && good; i++)
        good = (writer->row_name[i] = fab_arena_printf(writer->numbers, "R%zu", i + 1)) != NULL;
    for (size_t j = 0; j < columns && good; j++)
        good = (writer->column_name[j] = fab_arena_printf(writer->numbers, "C%zu", j + 1)) != NULL;
    writer->objective = "objective";
    writer->title = "program FREE"; /* clp and cbc guess the format without this word, and guess short names wrong; others skip it */
    return good;
}

static void writer_fini(struct writer *writer)
{
    fab_lp_names_free(writer->titles);
    fab_lp_names_free(writer->rows);
    fab_lp_names_free(writer->columns);
    free(writer->row_name);
    free(writer->column_name);
    fab_arena_free(writer->numbers);
    free(writer->row_start);
    free(writer->column_index);
    free(writer->row_value);
}

static fab_status print_file(fab_context *context, struct writer *writer, const struct fab_output *output, const char *mark,
                             const char *const *comment, print_function *print)
{
    writer->file = fopen(output->temporary, "wbe");
    if (!writer->file)
        return fab_fail_errno(context, FAB_OUTPUT, "%s", output->path);
    print_comment(writer->file, mark, comment);
    print(writer);
    bool written = fflush(writer->file) == 0 && !ferror(writer->file);
    int error = errno;
    if (fclose(writer->file) != 0 && written) {
        written = false;
        error = errno;
    }
    errno = error;
    return written ? FAB_OK : fab_fail_errno(context, FAB_OUTPUT, "%s", output->path);
}

/* Prints to a new file beside `path`, forces it to the disk and puts it in place. */
static fab_status write_whole(fab_context *context, struct writer *writer, const char *path, const char *mark, const char *const *comment,
                              print_function *print)
{
    struct fab_output output;
    fab_status status = FAB_OK;
    TRY(fab_output_begin(context, path, &output));
    TRY(print_file(context, writer, &output, mark, comment, print));
    TRY(fab_output_commit(context, &output));
out:
    fab_output_end(&output);
    return status;
}

static fab_status write_program(fab_context *context, struct writer *writer, const fab_lp_alphabet *alphabet, bool by_rows)
{
    if (!writer->lp->sealed)
        return fab_fail(context, FAB_INTERNAL, "linear program: not sealed");
    if (!make_names(writer, alphabet) || (by_rows && !make_row_major(writer)))
        return fab_fail_memory(context);
    return FAB_OK;
}

fab_status fab_lp_write_mps(fab_context *context, const fab_lp *lp, const char *path, const char *const *comment)
{
    struct writer writer = {.lp = lp};
    fab_status status = FAB_OK;
    TRY(write_program(context, &writer, &mps_alphabet, false));
    TRY(write_whole(context, &writer, path, "*", comment, print_mps));
out:
    writer_fini(&writer);
    return status;
}

fab_status fab_lp_write_numbered(fab_context *context, const fab_lp *lp, const char *path)
{
    struct writer writer = {.lp = lp};
    fab_status status = FAB_OK;
    if (!lp->sealed)
        TRY(fab_fail(context, FAB_INTERNAL, "linear program: not sealed"));
    TRY_MEMORY(context, make_numbers(&writer));
    TRY(write_whole(context, &writer, path, "*", NULL, print_mps));
out:
    writer_fini(&writer);
    return status;
}

fab_status fab_lp_write_lp(fab_context *context, const fab_lp *lp, const char *path, const char *const *comment)
{
    struct writer writer = {.lp = lp};
    fab_status status = FAB_OK;
    TRY(write_program(context, &writer, &lp_alphabet, true));
    TRY(write_whole(context, &writer, path, "\\", comment, print_lp));
out:
    writer_fini(&writer);
    return status;
}
